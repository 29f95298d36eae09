package org.citybrain.intake.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citybrain.intake.source.RegisteredSource.Provenance;
import org.citybrain.messages.Datum;
import org.citybrain.messages.UnitCode;

/**
 * A registered source.
 *
 * @param clockTolerance ISO-8601, such as {@code PT2M}
 */
record SourceAnswer(
        String sourceId,
        String description,
        List<String> types,
        List<Datum> datums,
        List<String> unitCodes,
        Duration clockTolerance,
        int reportsPerSecond,
        Provenance provenance,
        Instant registeredAt,
        Instant updatedAt) {

    static SourceAnswer of(RegisteredSource source) {
        return new SourceAnswer(
                source.id(),
                source.description(),
                source.profile().types().stream().sorted().toList(),
                source.profile().datums().stream().sorted().toList(),
                source.profile().units().stream().map(UnitCode::digits).toList(),
                source.profile().clockTolerance(),
                source.profile().reportsPerSecond(),
                source.provenance(),
                source.registeredAt(),
                source.updatedAt());
    }
}
