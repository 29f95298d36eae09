package org.citybrain.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.SettableClock;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** After a long stop: 100,000 tasks are overdue, and the two lanes of one instance catch up. */
@Tag("deadlines")
@SpringBootTest(
        classes = {DispatchApplication.class, DeadlineBacklogTest.StandingClock.class},
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.relay-age-interval=1h",
            "city-brain.dispatch.map-interval=1h",
            "city-brain.dispatch.waiting-interval=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DeadlineBacklogTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final Instant MORNING = Instant.parse("2026-07-01T02:00:00Z");
    private static final SettableClock CLOCK = new SettableClock(MORNING);
    private static final int GRIDS = 16;
    private static final int LANES = 2;
    private static final long TASKS = 100_000;

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private SweepDeadlines sweepDeadlines;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @TestConfiguration
    static class StandingClock {

        @Bean
        @Primary
        Clock standingClock() {
            return CLOCK;
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SquareCity.build(DATABASE.administratorDataSource());
        ADMINISTRATOR
                .sql("update dispatch.policy set effective_from = '2020-01-01'")
                .update();
        ADMINISTRATOR
                .sql("select dispatch.ensure_partitions('2026-06-01', '2027-01-01')")
                .query((row, i) -> true)
                .single();
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void a_hundred_thousand_overdue_tasks_are_caught_up_and_each_is_escalated_once() throws Exception {
        currentMap.renew();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        pipeline.process(IntStream.range(0, GRIDS)
                .mapToObj(grid -> readReports.read(
                        report().inGrid(grid).receivedAt(MORNING).people(20).polled(0, grid)))
                .toList());
        // Of each incident grid, street and district are overdue.
        new OverdueTasks(ADMINISTRATOR).copyEach((int) (TASKS / (3L * GRIDS)));
        CLOCK.set(MORNING.plus(Duration.ofMinutes(16)));
        long overdue = number("select count(*) from dispatch.task where acknowledge_by <= '2026-07-01T02:16:00Z'");
        assertThat(overdue).isBetween(TASKS - 100, TASKS + 100);
        long incidents = number("select count(*) from dispatch.incident");

        Instant began = Instant.now();
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<Integer>> sweeps = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                sweeps.add(lanes.submit(() -> sweepDeadlines.sweep()));
            }
            for (Future<Integer> sweep : sweeps) {
                sweep.get();
            }
        }
        Duration took = Duration.between(began, Instant.now());

        assertThat(number("select count(*) from dispatch.task where next_due_at <= '2026-07-01T02:16:00Z'"))
                .isZero();
        assertThat(number("select count(*) from dispatch.task where acknowledge_missed_for is not null"))
                .isEqualTo(overdue);
        String told = "from dispatch.incident_event e cross join json_array_elements(e.detail -> 'of') as late"
                + " where e.kind = 'DEADLINE_MISSED'";
        assertThat(number("select count(*) " + told)).isEqualTo(overdue);
        assertThat(number("select count(distinct late ->> 'task') " + told)).isEqualTo(overdue);
        assertThat(number("select count(*) from dispatch.incident_event where kind = 'ESCALATED'"))
                .isEqualTo(overdue);
        assertThat(
                        number(
                                "select count(distinct (incident_id, detail -> 'from' ->> 0)) from dispatch.incident_event where kind = 'ESCALATED'"))
                .isEqualTo(overdue);
        String line = "%,d overdue tasks of %,d incidents: caught up in %.1f s by %d lanes, each escalated once.%n"
                .formatted(overdue, incidents, took.toMillis() / 1000.0, LANES);
        System.out.print(line);
        Files.writeString(Path.of("target", "proof-deadlines.txt"), line);
    }

    private static long number(String sql) {
        return ADMINISTRATOR.sql(sql).query(Long.class).single();
    }
}
