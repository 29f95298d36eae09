package org.citybrain.dispatch.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.citybrain.messages.ledger.LedgerLines;
import org.citybrain.messages.ledger.SumUpDays;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the ledger's lines from growing without end: after some days there is one for each source, hour and outcome, and after 13 months one for each source, month and
 * outcome, whether or not the month was archived. The sums stay as they are.
 */
@Component
class SumUpOutcomes {

    private final SumUpDays byHour;
    private final SumUpDays byMonth;
    private final ArchiveSettings settings;
    private final Clock clock;

    SumUpOutcomes(PostgresOutcomeSums sums, ArchiveSettings settings, Clock clock) {
        this.byHour = new SumUpDays(sums.byHour());
        this.byMonth = new SumUpDays(sums.byMonth());
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(
            initialDelayString = "${city-brain.dispatch.archive.every:1h}",
            fixedDelayString = "${city-brain.dispatch.archive.every:1h}")
    void sumUp() {
        Instant now = clock.instant();
        byHour.goOn(now.minus(Duration.ofDays(settings.detailedDays())));
        byMonth.goOn(LedgerLines.byHourFrom(now));
    }
}
