package org.citybrain.api.overview;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Overview", description = "How the chain does, in figures")
class OverviewEndpoint {

    private static final Duration DEFAULT_BACK = Duration.ofHours(24);
    private static final int MOST_HOURS = 168;

    private final OverviewQueries overviews;
    private final HeatMapQueries heat;
    private final Clock clock;

    OverviewEndpoint(OverviewQueries overviews, HeatMapQueries heat, Clock clock) {
        this.overviews = overviews;
        this.heat = heat;
        this.clock = clock;
    }

    @Operation(
            operationId = "getOverview",
            summary = "What is open, and how well what happened in a span was handled",
            description = """
                    For a unit, for each unit directly below it, and for each hour or day of the span. What each figure means stands \
                    at its field, and in docs/overview.md; a rate is null where there is nothing to divide by. Figures only, so \
                    analysts are answered, too: for their own unit.""")
    @Parameter(
            name = "unit",
            in = ParameterIn.QUERY,
            description =
                    "A unit's code, the city's down to a grid's, within the person's own unit; their own where absent",
            schema = @Schema(type = "string", example = "500112"))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "The first moment of the span; 24 hours before its end where absent",
            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T00:00:00Z"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "The first moment after the span, at most 31 days after `from`; now where absent",
            schema = @Schema(type = "string", format = "date-time", example = "2026-07-02T00:00:00Z"))
    @Parameter(
            name = "by",
            in = ParameterIn.QUERY,
            description = "The steps of `periods`: by default hours for up to 3 days, else days of the city's own zone",
            schema = @Schema(allowableValues = {"hour", "day"}))
    @GetMapping("/v1/overview")
    Overview get(@Parameter(hidden = true) QueryParameters parameters) {
        Instant now = clock.instant();
        UnitCode wanted = parameters.unit("unit");
        Period period = Period.read(parameters, now);
        parameters.refuseUnknown();
        return overviews.read(seen(wanted), period, now);
    }

    @Operation(operationId = "getHeatMap", summary = "How many incidents lie in each unit of a tier", description = """
                    Opened within the last hours, but for those that were false or became part of another. An incident counts once, \
                    where it lies. Units in which nothing happened are left out.""")
    @Parameter(
            name = "tier",
            in = ParameterIn.QUERY,
            description = "DISTRICT where absent",
            schema = @Schema(allowableValues = {"CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID"}))
    @Parameter(
            name = "hours",
            in = ParameterIn.QUERY,
            description = "How far to look back",
            schema = @Schema(type = "integer", minimum = "1", maximum = "168", defaultValue = "24"))
    @GetMapping("/v1/heat-map")
    HeatMap heatMap(@Parameter(hidden = true) QueryParameters parameters) {
        Tier tier = parameters.value("tier", OverviewEndpoint::tier, "one of CITY, DISTRICT, STREET, COMMUNITY, GRID");
        Duration back =
                parameters.value("hours", OverviewEndpoint::hours, "a whole number of hours from 1 to " + MOST_HOURS);
        parameters.refuseUnknown();
        return heat.read(tier == null ? Tier.DISTRICT : tier, back == null ? DEFAULT_BACK : back, clock.instant());
    }

    /** What lies outside the person's own unit is not there. */
    private static UnitCode seen(@Nullable UnitCode wanted) {
        UnitCode own = Person.findCurrent().map(Person::unit).orElse(null);
        UnitCode unit = wanted == null ? own : wanted;
        if (own == null || unit == null || !unit.isWithin(own) || unit.tier() == Tier.MICRO_GRID) {
            throw Problem.notFound("unit", unit == null ? "none" : unit);
        }
        return unit;
    }

    private static Tier tier(String text) {
        Tier tier = Tier.valueOf(text);
        if (tier == Tier.MICRO_GRID) {
            throw new IllegalArgumentException("an incident lies in a grid");
        }
        return tier;
    }

    private static Duration hours(String text) {
        int hours = Integer.parseInt(text);
        if (hours < 1 || hours > MOST_HOURS) {
            throw new IllegalArgumentException("1 to " + MOST_HOURS);
        }
        return Duration.ofHours(hours);
    }
}
