package org.citybrain.intake.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source is registered with. The fields of a {@link SourceAnswer} that cannot be set are let pass, so that an answer
 * can be changed and sent back.
 *
 * @param types codes of the item catalogue
 * @param datums names of datums
 * @param unitCodes the units that its places must lie in; a city's also as {@code 500000}
 * @param clockTolerance how far its clock may run ahead, ISO-8601; 2 minutes where it is absent
 * @param reportsPerSecond 1,000 where it is absent
 */
@JsonIgnoreProperties({"sourceId", "provenance", "registeredAt", "updatedAt"})
record SourceBody(
        @Nullable String description,
        @Nullable List<@Nullable String> types,
        @Nullable List<@Nullable String> datums,
        @Nullable List<@Nullable String> unitCodes,
        @Nullable String clockTolerance,
        @Nullable Integer reportsPerSecond) {}
