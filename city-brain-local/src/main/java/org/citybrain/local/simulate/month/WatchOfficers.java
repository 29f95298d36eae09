package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.subscription.PostgresReachWatch;
import org.citybrain.api.subscription.PostgresReachWatch.Watched;
import org.citybrain.local.simulate.month.MonthQueries.News;

/**
 * Some units have asked to be told of their tasks, but nothing gets through to them: where nobody answers within the time of the policy, the
 * duty officer is unreachable.
 */
final class WatchOfficers {

    private static final Duration GRAVE_WITHIN = Duration.ofSeconds(60);
    private static final Duration OTHERS_WITHIN = Duration.ofMinutes(5);

    private final PostgresReachWatch watch;
    private final Behaviour behaviour;
    private final Set<UUID> known = new HashSet<>();
    private final List<Watched> watched = new ArrayList<>();
    private final List<UUID> answered = new ArrayList<>();

    WatchOfficers(PostgresReachWatch watch, Behaviour behaviour) {
        this.watch = watch;
        this.behaviour = behaviour;
    }

    /** A task waits for somebody. */
    void given(News news, GivenTask task) {
        if (task.department() == null && behaviour.isWatched(task.unit()) && known.add(task.id())) {
            Duration within = "I".equals(news.level()) || "II".equals(news.level()) ? GRAVE_WITHIN : OTHERS_WITHIN;
            watched.add(new Watched(
                    task.id(),
                    news.incident(),
                    task.unit(),
                    task.id() + ":dispatched",
                    news.at().plus(within)));
        }
    }

    /** Somebody has answered it, or it was taken back. */
    void answered(UUID task) {
        if (known.contains(task)) {
            answered.add(task);
        }
    }

    /** Stores what was heard of. */
    void store() {
        if (!watched.isEmpty()) {
            watch.watch(watched);
            watched.clear();
        }
        if (!answered.isEmpty()) {
            watch.forget(answered);
            answered.clear();
        }
    }
}
