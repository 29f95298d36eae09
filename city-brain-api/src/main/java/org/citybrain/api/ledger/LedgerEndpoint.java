package org.citybrain.api.ledger;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import org.citybrain.api.live.ReportTopics;
import org.citybrain.api.request.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Ledger", description = "Every report accounted for, counted from both ends")
class LedgerEndpoint {

    private final LedgerQueries queries;
    private final ReportTopics topics;
    private final Clock clock;

    LedgerEndpoint(LedgerQueries queries, ReportTopics topics, Clock clock) {
        this.queries = queries;
        this.topics = topics;
        this.clock = clock;
    }

    @Operation(operationId = "getLedger", summary = "Whether every report is accounted for", description = """
                    `received` + `refused` = `opened` + `merged` + `rejected` + `parked` + `discarded` + `duplicates` + `waiting` \
                    + `difference`. The left end is what lies on the topics, the right end is what was stored; neither is \
                    derived from the other. `rejected` holds the refusals at the gate that were kept, too.

                    Without `from` and `to` the totals are of all time: `received` and `refused` are Kafka's end offsets, \
                    `waiting` is end offsets less the offsets worked off, and the lines are those of the last 24 hours. \
                    `balanced` is true only if nothing is missing or too much, and if what waits by offsets equals what waits \
                    by lines, all hours counted.

                    With `from` or `to` the totals are of these hours of receipt (widened to whole hours, at most 31 days; one \
                    end alone means the 24 hours before `to`, or up to now): `waiting` is what was published but not settled, and \
                    what of it cannot be waiting by offsets is `difference`. What is older than 13 whole months is told by \
                    month: there the hours are widened to whole months (UTC), and a line carries its month's first hour.""")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "The hour of receipt that this time lies in, and later ones",
            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T00:00:00Z"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Hours of receipt that begin before this time",
            schema = @Schema(type = "string", format = "date-time", example = "2026-07-02T00:00:00Z"))
    @GetMapping("/v1/ledger")
    Ledger get(@Parameter(hidden = true) QueryParameters parameters) {
        Instant now = clock.instant();
        Span span = Span.read(parameters, now);
        if (span == null) {
            Span lastDay = Span.lastDay(now);
            Account account = queries.allTime(lastDay);
            return BalanceLedger.allTime(account, topics.read(), lastDay);
        }
        Account account = queries.of(span);
        return BalanceLedger.of(account, topics.read(), span);
    }
}
