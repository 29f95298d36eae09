package org.citybrain.testing;

/**
 * The images that tests run on where containers are chosen: the very ones that docker-compose.yml starts. A mirror is named
 * by {@code TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX}.
 */
final class Images {

    /** PostgreSQL 17 with PostGIS 3.5. */
    static final String POSTGIS = "postgis/postgis:17-3.5";

    /** The broker's version is that of the client libraries. */
    static final String KAFKA = "apache/kafka:4.1.2";

    private Images() {}
}
