package org.citybrain.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.node.ObjectNode;

/** Policies come into force while reports flow; what is open keeps those that it was opened with. */
@SpringBootTest(
        classes = {DispatchApplication.class, PinnedPoliciesTest.StandingClock.class},
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.relay-age-interval=1h",
            "city-brain.dispatch.policy-refresh=1h",
            "city-brain.dispatch.map-interval=1h",
            "city-brain.dispatch.waiting-interval=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PinnedPoliciesTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final SettableClock CLOCK = new SettableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private PostgresPolicies policies;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    private long nextOffset;

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
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
    }

    @BeforeEach
    void begin_with_an_empty_store_and_the_first_versions() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.report_key, dispatch.report, dispatch.duplicate_report, dispatch.parked_report,
                                 dispatch.batch_outcome, dispatch.incident, dispatch.task, dispatch.incident_event,
                                 dispatch.consumed_partition
                        """).update();
        ADMINISTRATOR.sql("delete from dispatch.policy where version > 1").update();
        policies.refresh();
        currentMap.renew();
        nextOffset = 0;
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
    }

    @Test
    void a_policy_is_in_force_from_its_moment_on_and_not_before() {
        approve("grading", 2, CLOCK.instant().plusSeconds(60), PinnedPoliciesTest::severeFrom300People);
        CLOCK.move(Duration.ofSeconds(60).minusMillis(1));
        process(reportNow().inGrid(0).people(400));
        CLOCK.move(Duration.ofMillis(1));
        process(reportNow().inGrid(3).people(400));

        assertThat(all("select level || ' by ' || grading_version from dispatch.incident order by opened_at"))
                .containsExactly("III by 1", "II by 2");
    }

    @Test
    void a_batch_that_waits_over_the_moment_is_decided_by_what_is_in_force_when_it_goes_on() throws Exception {
        approve("grading", 2, CLOCK.instant().plusSeconds(60), PinnedPoliciesTest::severeFrom300People);
        try (Connection other = DATABASE.administratorDataSource().getConnection();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table dispatch.report_key in access exclusive mode");
            Future<?> batch = threads.submit(() -> process(reportNow().inGrid(0).people(400)));
            await().until(() ->
                    !all("select mode from pg_locks where not granted and relation = 'dispatch.report_key'::regclass")
                            .isEmpty());
            CLOCK.move(Duration.ofSeconds(61));
            other.rollback();
            batch.get();
        }

        assertThat(all("select level || ' by ' || grading_version || ', record ' || (grade ->>"
                        + " 'policyVersion') from dispatch.incident"))
                .containsExactly("II by 2, record 2");
        assertThat(all("select sum(reports)::text from dispatch.batch_outcome")).containsExactly("1");
    }

    @Test
    void an_open_incident_is_graded_and_routed_by_the_policies_that_it_was_opened_with() {
        process(reportNow().inGrid(0).people(150));
        Instant moment = CLOCK.instant().plusSeconds(60);
        approve("grading", 2, moment, PinnedPoliciesTest::severeFrom300People);
        approve("routing", 2, moment, routing -> ((ObjectNode) routing.at("/rules/III")).put("resolveMinutes", 60));
        CLOCK.move(Duration.ofSeconds(61));
        process(reportNow().inGrid(0).people(400), reportNow().inGrid(3).people(120));

        assertThat(all("""
                        select report_count || ' reports, level ' || level || ' by ' || grading_version || ' as its record says by '
                               || (grade ->> 'policyVersion') || ', routed by ' || routing_version || ' in '
                               || (select extract(epoch from max(resolve_by) - max(dispatched_at))::integer / 60 from dispatch.task t
                                   where t.incident_id = i.id and role = 'EXECUTE') || ' minutes'
                        from dispatch.incident i order by opened_at
                        """))
                .containsExactly(
                        "2 reports, level III by 1 as its record says by 1, routed by 1 in 720 minutes",
                        "1 reports, level III by 2 as its record says by 2, routed by 2 in 60 minutes");
        assertThat(all("select distinct actor from dispatch.incident_event where kind = 'MERGED'"))
                .containsExactly("rule:correlation@1");

        process(reportNow().inGrid(0).people(600), reportNow().inGrid(3).people(350));
        assertThat(all("select level || ' by ' || grading_version from dispatch.incident order by opened_at"))
                .containsExactly("II by 1", "II by 2");
    }

    @Test
    void an_open_incident_takes_in_reports_by_the_distance_that_it_was_opened_with() {
        process(reportNow().at(place(0), SquareCity.latitude()).people(10));
        approve(
                "item-catalogue",
                2,
                CLOCK.instant().plusSeconds(60),
                catalogue -> ((ObjectNode) catalogue.at("/types/0")).put("correlationMeters", 20));
        CLOCK.move(Duration.ofSeconds(61));
        // 120 m away: near by 150 m, far by 20 m. The cells of both distances are others.
        process(reportNow().at(place(120), SquareCity.latitude()).people(10));
        assertThat(all("select report_count || ' by ' || catalogue_version from dispatch.incident"))
                .containsExactly("2 by 1");

        process(reportNow().at(place(2_000), SquareCity.latitude()).people(10));
        process(reportNow().at(place(2_120), SquareCity.latitude()).people(10));
        assertThat(all("select report_count || ' by ' || catalogue_version from dispatch.incident order by"
                        + " opened_at, id"))
                .containsExactlyInAnyOrder("2 by 1", "1 by 2", "1 by 2");
    }

    @Test
    void types_that_go_together_do_so_for_incidents_opened_since() {
        process(reportNow().type("fire.building").at(place(0), SquareCity.latitude()));
        approve(
                "correlation",
                2,
                CLOCK.instant().plusSeconds(60),
                correlation -> correlation
                        .putArray("goesTogether")
                        .addArray()
                        .add("fire.building")
                        .add("gas.leak"));
        CLOCK.move(Duration.ofSeconds(61));
        process(reportNow().type("gas.leak").at(place(10), SquareCity.latitude()));
        process(reportNow().type("fire.building").at(place(12), SquareCity.latitude()));

        // The leak opened its own, by the new policy; the second fire is nearer to that, which takes it in, too.
        assertThat(all("select type || ' ' || report_count || ' by ' || correlation_version from"
                        + " dispatch.incident order by type"))
                .containsExactly("fire.building 1 by 1", "gas.leak 2 by 2");
    }

    @Test
    void a_version_that_is_known_ahead_finds_what_another_instance_has_opened_with_it() {
        process(reportNow().at(place(0), SquareCity.latitude()).people(10));
        approve(
                "item-catalogue",
                2,
                CLOCK.instant().plusSeconds(60),
                catalogue -> ((ObjectNode) catalogue.at("/types/0")).put("correlationMeters", 1_000));
        // Another instance, whose clock is a little ahead.
        CLOCK.move(Duration.ofSeconds(60));
        process(reportNow().at(place(3_000), SquareCity.latitude()).people(10));
        CLOCK.move(Duration.ofSeconds(-1));
        process(reportNow().at(place(3_900), SquareCity.latitude()).people(10));

        assertThat(all("select report_count || ' by ' || catalogue_version from dispatch.incident"))
                .containsExactlyInAnyOrder("1 by 1", "2 by 2");
    }

    @Test
    void a_version_that_cannot_be_read_leaves_the_one_before_in_use_and_says_so() {
        approve("grading", 2, CLOCK.instant().minusSeconds(5), PinnedPoliciesTest::severeFrom300People);
        ADMINISTRATOR
                .sql("insert into dispatch.policy (kind, version, status, document, effective_from, created_at) "
                        + "values ('grading', 3, 'APPROVED', '{\"axes\": \"none\"}', :from, now())")
                .param("from", Timestamp.from(CLOCK.instant().minusSeconds(1)))
                .update();
        policies.refresh();

        process(reportNow().inGrid(0).people(400));
        assertThat(all("select level || ' by ' || grading_version from dispatch.incident"))
                .containsExactly("II by 2");
        assertThat(policies.current().versions().grading()).isEqualTo(2);
    }

    @Test
    void a_version_that_came_and_went_long_ago_is_read_when_it_is_needed() {
        approve("grading", 2, CLOCK.instant().minus(Duration.ofDays(200)), PinnedPoliciesTest::severeFrom300People);
        approve("grading", 3, CLOCK.instant().minus(Duration.ofDays(199)), grading -> {});
        policies.refresh();
        process(reportNow().inGrid(0).people(150));
        ADMINISTRATOR.sql("update dispatch.incident set grading_version = 2").update();
        process(reportNow().inGrid(0).people(400));

        assertThat(all("select level || ' by ' || grading_version from dispatch.incident"))
                .containsExactly("II by 2");
    }

    @Test
    void what_is_decided_by_a_version_that_nobody_can_read_is_parked_and_its_neighbours_go_on() {
        process(reportNow().inGrid(0).people(150));
        ADMINISTRATOR.sql("update dispatch.incident set grading_version = 77").update();
        process(reportNow().inGrid(0).people(400), reportNow().inGrid(3).people(10));

        assertThat(all("select reason || ': ' || detail from dispatch.parked_report"))
                .singleElement()
                .asString()
                .startsWith("RULE_FAILED: ")
                .contains("grading policy 77");
        assertThat(all("select report_count || ' by ' || grading_version from dispatch.incident order by"
                        + " grading_version"))
                .containsExactly("1 by 1", "1 by 77");
    }

    private static void severeFrom300People(ObjectNode grading) {
        ((ObjectNode) grading.at("/axes/0/thresholds")).put("II", 300);
    }

    private void approve(String kind, int version, Instant from, Consumer<ObjectNode> change) {
        ObjectNode document = SeededPolicies.json(kind);
        change.accept(document);
        ADMINISTRATOR
                .sql("insert into dispatch.policy (kind, version, status, document, effective_from, created_at) "
                        + "values (:kind, :version, 'APPROVED', :document::jsonb, :from, now())")
                .param("kind", kind)
                .param("version", version)
                .param("document", document.toString())
                .param("from", Timestamp.from(from))
                .update();
        policies.refresh();
    }

    /** So many metres east of the middle of the first grid. */
    private static double place(double meters) {
        return SquareCity.longitudeOf(0) + meters / 96_800;
    }

    private ReportBuilder reportNow() {
        return report().receivedAt(CLOCK.instant().plusMillis(nextOffset));
    }

    private void process(ReportBuilder... reports) {
        List<ConsumedReport> batch = new ArrayList<>();
        for (ReportBuilder each : reports) {
            batch.add(readReports.read(each.polled(0, nextOffset++)));
        }
        pipeline.process(batch);
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }
}
