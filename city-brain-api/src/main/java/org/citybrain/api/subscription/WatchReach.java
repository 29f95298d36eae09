package org.citybrain.api.subscription;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for tasks of which nobody in their unit could be told in time. Two instances never tell of the same one. */
@Component
public class WatchReach {

    private static final Logger LOG = LoggerFactory.getLogger(WatchReach.class);
    private static final int MOST_AT_ONCE = 500;

    private final PostgresReachWatch watch;

    WatchReach(PostgresReachWatch watch) {
        this.watch = watch;
    }

    /** Tells of all that are due, up to so many. */
    @Scheduled(
            initialDelayString = "${city-brain.api.notice.sweep-every:2s}",
            fixedDelayString = "${city-brain.api.notice.sweep-every:2s}")
    public void settle() {
        try {
            int unreachable = watch.settle(MOST_AT_ONCE);
            if (unreachable > 0) {
                LOG.info("nobody could be told of {} tasks in time", unreachable);
            }
        } catch (DataAccessException failure) {
            LOG.warn("tasks that nobody was told of could not be looked for: {}", failure.getMessage());
        }
    }
}
