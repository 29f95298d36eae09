package org.citybrain.grid.publish;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.grid.announce.*}.
 *
 * @param lookEvery how often an instance looks for versions of the map that another one has published and not announced. 30 s
 */
@ConfigurationProperties("city-brain.grid.announce")
record AnnounceSettings(@DefaultValue("30s") Duration lookEvery) {}
