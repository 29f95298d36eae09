package org.citybrain.intake.consume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.citybrain.messages.ledger.LedgerLines;
import org.citybrain.messages.ledger.SumUpDays;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the account from growing without end: after two days there is one line for each topic, source and hour, and after 13 months one for each topic, source and
 * month. The sums stay as they are.
 */
@Component
class SumUpAccount {

    private static final Duration DETAILED = Duration.ofDays(2);

    private final SumUpDays byHour;
    private final SumUpDays byMonth;
    private final Clock clock;

    SumUpAccount(PostgresAccountSums sums, Clock clock) {
        this.byHour = new SumUpDays(sums.byHour());
        this.byMonth = new SumUpDays(sums.byMonth());
        this.clock = clock;
    }

    @Scheduled(
            initialDelayString = "${city-brain.intake.sum-up-every:1h}",
            fixedDelayString = "${city-brain.intake.sum-up-every:1h}")
    void sumUp() {
        Instant now = clock.instant();
        byHour.goOn(now.minus(DETAILED));
        byMonth.goOn(LedgerLines.byHourFrom(now));
    }
}
