package org.citybrain.intake.consume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the account from growing without end: after two days there is one line for each topic, source and hour, and of months that dispatch-service would archive one
 * for each topic, source and month. The sums stay as they are.
 */
@Component
class SumUpAccount {

    private static final Duration DETAILED = Duration.ofDays(2);

    /** As long as dispatch-service keeps its months by default. */
    private static final int MONTHS_BY_HOUR = 13;

    private final PostgresAccount account;
    private final Clock clock;

    SumUpAccount(PostgresAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    @Scheduled(
            initialDelayString = "${city-brain.intake.sum-up-every:1h}",
            fixedDelayString = "${city-brain.intake.sum-up-every:1h}")
    void sumUp() {
        Instant now = clock.instant();
        account.sumUp("hour", now.minus(DETAILED));
        account.sumUp(
                "month",
                YearMonth.from(now.atOffset(ZoneOffset.UTC))
                        .minusMonths(MONTHS_BY_HOUR)
                        .atDay(1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC));
    }
}
