package org.citybrain.grid.imports;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.grid.imports.*}: how much one import may hold. Its bytes and how long they may take to arrive are bounded by
 * {@code city-brain.access.limit.larger-bodies}.
 *
 * @param mostFeatures of a file. 1,000,000
 * @param mostPositions of a file, which is what its memory goes by: 16 bytes each. 20,000,000
 * @param mostPositionsOfFeature 1,000,000
 * @param unitsPerPart written in one short transaction. 4,000
 */
@ConfigurationProperties("city-brain.grid.imports")
record ImportSettings(
        @DefaultValue("1000000") int mostFeatures,
        @DefaultValue("20000000") long mostPositions,
        @DefaultValue("1000000") int mostPositionsOfFeature,
        @DefaultValue("4000") int unitsPerPart) {}
