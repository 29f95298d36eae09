package org.citybrain.api.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.live.LiveNotices;
import org.citybrain.api.subscription.PostgresNotices.LiveNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Hands new live notices to the pages that are open at this instance, whichever instance made them. A page that opens later asks for what is
 * unread. Pages of somebody who belongs to another unit by now are handed nothing of the old one. Looks back a little from the last one that it read, because a notice is seen only when its transaction has ended, and shows each
 * once.
 */
@Component
class ShowNotices {

    private static final Logger LOG = LoggerFactory.getLogger(ShowNotices.class);
    private static final Duration LOOK_BACK = Duration.ofSeconds(15);
    private static final int AT_ONCE = 1_000;

    private final PostgresNotices notices;
    private final LiveNotices pages;
    private final Clock clock;
    private final Set<UUID> shown = new HashSet<>();
    /** When the last one that was read was made. */
    private Instant since;

    ShowNotices(PostgresNotices notices, LiveNotices pages, Clock clock) {
        this.notices = notices;
        this.pages = pages;
        this.clock = clock;
        this.since = clock.instant();
    }

    @Scheduled(
            initialDelayString = "${city-brain.api.notice.show-every:1s}",
            fixedDelayString = "${city-brain.api.notice.show-every:1s}")
    void show() {
        try {
            UUID last = lowestAt(since.minus(LOOK_BACK));
            List<LiveNotice> made;
            do {
                made = notices.listMadeAfter(last, AT_ONCE);
                made.forEach(this::show);
                last = made.isEmpty() ? last : made.getLast().notice().id();
            } while (made.size() == AT_ONCE);
            moveTo(madeAt(last));
        } catch (DataAccessException failure) {
            LOG.warn("new notices cannot be shown until the database answers: {}", failure.getMessage());
        }
    }

    private void show(LiveNotice made) {
        if (shown.add(made.notice().id())) {
            pages.send(made.person(), made.reach(), made.notice());
        }
    }

    /** Never back, and never beyond this moment: another instance's clock may be fast. */
    private void moveTo(Instant moment) {
        Instant now = clock.instant();
        Instant next = moment.isAfter(now) ? now : moment;
        if (next.isAfter(since)) {
            since = next;
            shown.removeIf(id -> madeAt(id).isBefore(since.minus(LOOK_BACK)));
        }
    }

    private static UUID lowestAt(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0);
    }

    private static Instant madeAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
