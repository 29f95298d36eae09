package org.citybrain.api.map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.map.…} (policy default)
 *
 * @param atOnce how many answers with open incidents may be written and sent at the same time, 1 or more; each is held in memory, up to 10 MiB. 8
 */
@ConfigurationProperties("city-brain.api.map")
record MapSettings(@DefaultValue("8") int atOnce) {

    MapSettings {
        if (atOnce < 1) {
            throw new IllegalArgumentException("city-brain.api.map.at-once is " + atOnce + ": expected 1 or more");
        }
    }
}
