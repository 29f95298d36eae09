package org.citybrain.dispatch.locate;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the governance map is renewed.
 *
 * @param lead how long before its moment the next version is loaded, so that it is there when it comes into force; 10 minutes by
 *     default. Until then and for so long two maps are in memory
 */
@ConfigurationProperties("city-brain.dispatch.map")
record MapSettings(@DefaultValue("10m") Duration lead) {}
