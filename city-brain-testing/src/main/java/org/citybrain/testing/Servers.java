package org.citybrain.testing;

/** Where the servers of one {@link Infrastructure} come from. Each is started when it is asked for, and at most once. */
interface Servers extends AutoCloseable {

    /**
     * Returns when the server takes connections.
     *
     * @throws org.citybrain.infrastructure.CannotStart with one sentence that says why and what mends it
     */
    DatabaseServer startDatabase(String administratorPassword);

    /**
     * Returns when the broker takes requests. It has no topics, and does not make any by itself.
     *
     * @return host and port for {@code bootstrap.servers}
     * @throws org.citybrain.infrastructure.CannotStart with one sentence that says why and what mends it
     */
    String startBroker();

    /** Stops what was started and removes what it left. */
    @Override
    void close();
}
