package org.citybrain.grid.tile;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code city-brain.grid.tile.*}.
 *
 * @param atOnce tiles that are drawn at the same time; who asks for more waits. 4, half of the connections
 * @param patience how long one waits before it is told to come again. 3 s
 * @param timeout after which PostgreSQL gives a tile up. 5 s
 * @param maxAge how long a tile that names no version of the map is good without asking again. 60 s
 * @param prepareEvery how often it is looked whether there is a version of the map to simplify; 0: never. 5 s
 */
@ConfigurationProperties("city-brain.grid.tile")
record TileSettings(
        @DefaultValue("4") int atOnce,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("60s") Duration maxAge,
        @DefaultValue("5s") Duration prepareEvery) {}
