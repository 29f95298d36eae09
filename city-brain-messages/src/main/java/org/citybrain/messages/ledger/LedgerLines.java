package org.citybrain.messages.ledger;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** From when on the ledger's lines are told apart by hours. It is no setting: two ends that sum up at different times could not be held against each other. */
public final class LedgerLines {

    private static final int MONTHS_BY_HOUR = 13;

    private LedgerLines() {}

    /** The first hour, 13 whole months (UTC) before this one. Lines before it are those of a month, and carry its first hour. */
    public static Instant byHourFrom(Instant now) {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC))
                .minusMonths(MONTHS_BY_HOUR)
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }
}
