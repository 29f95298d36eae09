package org.citybrain.dispatch.archive;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Archives what is over, the oldest month first. It may run on every instance: what one has done the others find done. A month with an
 * open incident stays, and so do all after it, until that one is closed; {@code citybrain.dispatch.archive.held.back} tells how many are behind.
 */
@Component
class ArchiveMonths {

    private static final Logger log = LoggerFactory.getLogger(ArchiveMonths.class);

    private final PostgresArchive archive;
    private final ArchiveSettings settings;
    private final Clock clock;
    private volatile int heldBack;

    ArchiveMonths(PostgresArchive archive, ArchiveSettings settings, Clock clock, MeterRegistry registry) {
        this.archive = archive;
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("citybrain.dispatch.archive.held.back", () -> heldBack)
                .description(
                        "Months that were to be archived and are not: an old incident is open, or a line is not published")
                .register(registry);
    }

    @Scheduled(
            initialDelayString = "${city-brain.dispatch.archive.every:1h}",
            fixedDelayString = "${city-brain.dispatch.archive.every:1h}")
    void archive() {
        Instant now = clock.instant();
        YearMonth thisMonth = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        YearMonth firstAttached = thisMonth.minusMonths(settings.attachedMonths());
        archiveBefore(firstAttached, now);
    }

    private void archiveBefore(YearMonth firstAttached, Instant now) {
        List<YearMonth> months = archive.listBefore(firstAttached);
        int left = months.size();
        for (YearMonth month : months) {
            ArchivedMonth outcome = tryToArchive(month, now);
            if (outcome != ArchivedMonth.ARCHIVED && outcome != ArchivedMonth.ABSENT) {
                log.warn("{} and later months are not archived yet: {}", month, outcome);
                break;
            }
            log.info("{} is {} in the schema archive", month, outcome);
            left--;
        }
        heldBack = left;
    }

    /** Where somebody was in the way, the next run tries again. */
    private ArchivedMonth tryToArchive(YearMonth month, Instant now) {
        try {
            return archive.archive(month, now);
        } catch (DataAccessException inTheWay) {
            log.info("{} cannot be archived now: {}", month, inTheWay.getMessage());
            return ArchivedMonth.IN_USE;
        }
    }
}
