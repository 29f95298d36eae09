package org.citybrain.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The clockwork itself, by the real clock. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.map-interval=1h",
            "city-brain.dispatch.deadlines.interval=100ms"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RunSweepsTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());

    @Autowired
    private RunSweeps runSweeps;

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SquareCity.build(DATABASE.administratorDataSource());
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void both_lanes_run_by_themselves_and_sweep_what_is_due() {
        currentMap.renew();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        pipeline.process(List.of(readReports.read(report().people(20).polled(0, 0))));
        ADMINISTRATOR
                .sql(
                        "update dispatch.task set acknowledge_by = now() - interval '1 minute' where unit_code = '500103001001001'")
                .update();

        runSweeps.start();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> number("select count(*) from dispatch.incident_event where kind = 'ESCALATED'") == 1);
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            number("select count(*) from dispatch.scheduled_task where last_success is not null") == 2);
        } finally {
            runSweeps.stop();
        }

        assertThat(runSweeps.isRunning()).isFalse();
        assertThat(number("select count(*) from dispatch.incident_event where kind = 'DEADLINE_MISSED'"))
                .isEqualTo(1);
    }

    private static long number(String sql) {
        return ADMINISTRATOR.sql(sql).query(Long.class).single();
    }
}
