package org.citybrain.api.source;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Sources", description = "Who reports, and how often rightly")
class AlarmRateEndpoint {

    private static final int LONGEST_SOURCE = 128;

    private final AlarmRateQueries rates;

    AlarmRateEndpoint(AlarmRateQueries rates) {
        this.rates = rates;
    }

    @Operation(
            operationId = "listAlarmRates",
            summary = "False-alarm and missed-alarm rate of each source",
            description = """
                    Counted from what people said of incidents, one label for each source of an incident, the last one: \
                    `falseAlarmRate` = false / (false + confirmed), `missedAlarmRate` = missed / (missed + confirmed); null where \
                    nothing is labelled. Incidents that nobody has labelled count nowhere. Registered sources alone (`SENSOR`, `SYSTEM`). By `source`, \
                    in the order of their ids.""")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "Incidents opened at this time or later",
            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T00:00:00Z"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Incidents opened before this time",
            schema = @Schema(type = "string", format = "date-time", example = "2026-08-01T00:00:00Z"))
    @Parameter(
            name = "source",
            in = ParameterIn.QUERY,
            description = "Only this source",
            schema = @Schema(type = "string", maxLength = LONGEST_SOURCE, example = "gw-17"))
    @Paged
    @GetMapping("/v1/sources/alarm-rates")
    Page<AlarmRate> list(@Parameter(hidden = true) QueryParameters parameters) {
        Instant from = parameters.instant("from");
        Instant to = parameters.instant("to");
        String source =
                parameters.value("source", AlarmRateEndpoint::parseSource, "a source's id, 1 to 128 characters");
        AlarmRateQueries.Place after = parameters.cursor(AlarmRateQueries.Place::parse);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.badParameter("to", to.toString(), "a time after from");
        }
        return rates.list(from, to, source, after, limit);
    }

    private static String parseSource(String text) {
        if (text.isBlank() || text.length() > LONGEST_SOURCE || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("1 to 128 characters");
        }
        return text;
    }
}
