package org.citybrain.grid.ogc;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code city-brain.grid.ogc.*}.
 *
 * @param queriesAtOnce queries for features at the same time; a page is read in several short ones. 3 of the connections
 * @param pagesAtOnce pages that are being written to their readers at the same time, however slowly they read. 32
 * @param pagesOfOne of these, those of one person. 6
 * @param patience how long a query waits for its turn before its reader is told to come again. 5 s
 * @param timeout after which PostgreSQL gives a query up. 15 s
 */
@ConfigurationProperties("city-brain.grid.ogc")
record OgcSettings(
        @DefaultValue("3") int queriesAtOnce,
        @DefaultValue("32") int pagesAtOnce,
        @DefaultValue("6") int pagesOfOne,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("15s") Duration timeout) {}
