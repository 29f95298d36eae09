package org.citybrain.testing;

/** A PostgreSQL server with PostGIS that is there for tests alone: nothing on it survives the run. */
public interface DatabaseServer {

    /** The address of one of its databases. It is the same before and after a stop. */
    String jdbcUrl(String database);

    /** Of {@link org.citybrain.infrastructure.PrivatePostgis#ADMINISTRATOR}. */
    String administratorPassword();

    /** Stops it as a crash would: sessions are cut, nothing is tidied up. */
    void stopImmediately();

    /** Starts it again, on the data and at the address that it had; returns when it takes connections. */
    void start();
}
