package org.citybrain.grid.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.grid.*}.
 *
 * @param demoCity which invented city an empty map is filled with at the start; default {@code none}
 */
@ConfigurationProperties("city-brain.grid")
record DemoSettings(@DefaultValue("none") Choice demoCity) {

    enum Choice {
        NONE,
        /** Two neighbouring districts with all their streets and communities, and about five grids per community. */
        SMALL,
        /** All 38 districts and counties, down to micro-grids. It also takes the place of the small one. */
        FULL
    }
}
