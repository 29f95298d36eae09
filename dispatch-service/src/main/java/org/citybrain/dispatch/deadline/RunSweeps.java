package org.citybrain.dispatch.deadline;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.citybrain.dispatch.locate.CurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The clockwork: db-scheduler runs each lane of the sweep on one instance at a time, and on another one as soon as that one is gone. Which
 * instance it is does not matter; the other lanes sweep meanwhile.
 */
@Component
class RunSweeps implements SmartLifecycle {

    private static final String TABLE = "dispatch.scheduled_task";
    /** Then another instance may have the lane, and what could not be decided is tried again, however much is due. */
    private static final Duration MOST_AT_ONCE = Duration.ofSeconds(30);

    private static final Duration MOST_WAIT_FOR_THE_END = Duration.ofSeconds(5);
    /** A lane is given to another instance once its own has been silent for four of these. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final int MISSED_HEARTBEATS = 4;

    private final DataSource source;
    private final SweepDeadlines sweepDeadlines;
    private final CurrentMap currentMap;
    private final DeadlineSettings settings;
    private final boolean autoStart;
    private @Nullable Scheduler scheduler;

    RunSweeps(
            DataSource source,
            SweepDeadlines sweepDeadlines,
            CurrentMap currentMap,
            DeadlineSettings settings,
            @Value("${city-brain.dispatch.auto-start:true}") boolean autoStart) {
        this.source = source;
        this.sweepDeadlines = sweepDeadlines;
        this.currentMap = currentMap;
        this.settings = settings;
        this.autoStart = autoStart;
    }

    @Override
    public void start() {
        List<RecurringTask<Void>> lanes = IntStream.rangeClosed(1, settings.lanes())
                .mapToObj(lane -> Tasks.recurring("sweep-deadlines-" + lane, FixedDelay.of(settings.interval()))
                        .execute((instance, context) -> sweep(context.getSchedulerState())))
                .toList();
        Scheduler built = Scheduler.create(source)
                .startTasks(lanes)
                .tableName(TABLE)
                .threads(settings.threads())
                .pollingInterval(settings.interval())
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .schedulerName(new SchedulerName.Fixed(name()))
                .shutdownMaxWait(MOST_WAIT_FOR_THE_END)
                .build();
        built.start();
        scheduler = built;
    }

    /** In picked_by of the table; with the process, for whoever looks at it. */
    private static String name() {
        return "dispatch-service-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    }

    /** Who is on duty is known only with the map. */
    private void sweep(SchedulerState state) {
        if (currentMap.get().version() != 0) {
            long until = System.nanoTime() + MOST_AT_ONCE.toNanos();
            sweepDeadlines.sweep(() -> state.isShuttingDown() || System.nanoTime() - until >= 0);
        }
    }

    @Override
    public void stop() {
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStart;
    }
}
