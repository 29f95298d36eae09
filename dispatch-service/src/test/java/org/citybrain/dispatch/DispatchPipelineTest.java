package org.citybrain.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StaleOffsets;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches through the whole pipeline, on real PostGIS; the Kafka listener is not started, each test hands its batch in. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            // Nothing runs beside the test that would show among its statements.
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.receipt-interval=1h",
            "city-brain.dispatch.relay-age-interval=1h",
            "city-brain.dispatch.policy-refresh=1h",
            "city-brain.dispatch.map-interval=1h",
            "city-brain.dispatch.waiting-interval=1h",
            "city-brain.dispatch.check-in-sweep=1h",
            "city-brain.dispatch.deadlines.backlog-interval=1h",
            "city-brain.dispatch.rehearsal.sweep=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DispatchPipelineTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());

    /** What is added up over an incident's reports; areas to the square metre, for they are joined in another order. */
    private static final String GRADED = """
            select level, corroborated, needs_person, commanding_unit, people_affected, people_basis, round(area_km2::numeric, 6) as area,
                   unit_codes::text as units, report_count
            from dispatch.incident
            """;

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @Autowired
    private PostgresPolicies policies;

    @Autowired
    private JdbcClient dispatch;

    @Autowired
    private PlatformTransactionManager transactions;

    private long nextOffset;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
        SquareCity.addKeyPlace(
                DATABASE.administratorDataSource(), "school-15", SquareCity.longitudeOf(15), SquareCity.latitude());
    }

    @BeforeEach
    void begin_with_an_empty_store() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.report_key, dispatch.report, dispatch.duplicate_report, dispatch.parked_report,
                                 dispatch.batch_outcome, dispatch.incident, dispatch.task, dispatch.incident_event,
                                 dispatch.consumed_partition
                        """).update();
        currentMap.renew();
        nextOffset = 0;
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
    }

    @Test
    void a_workers_report_opens_an_incident_with_a_task_on_every_tier() {
        process(report().people(640));

        assertThat(
                        one(
                                "select level, commanding_unit, status, version, people_affected, people_basis from dispatch.incident"))
                .containsEntry("level", "II")
                .containsEntry("commanding_unit", "50")
                .containsEntry("status", "DISPATCHED")
                .containsEntry("version", 1)
                .containsEntry("people_affected", 640L)
                .containsEntry("people_basis", "REPORTED");
        assertThat(
                        all(
                                "select tier || ' ' || unit_code || ' ' || role as task from dispatch.task order by length(unit_code)"))
                .containsExactly(
                        "CITY 50 COMMAND",
                        "DISTRICT 500103 COORDINATE",
                        "STREET 500103001 COORDINATE",
                        "COMMUNITY 500103001001 COORDINATE",
                        "GRID 500103001001001 EXECUTE");
        assertThat(all("select kind from dispatch.incident_event order by sequence"))
                .containsExactly("OPENED", "GRADED", "DISPATCHED");
        assertThat(one(
                        "select grade -> 'axes' -> 0 ->> 'axis' as axis, grade -> 'axes' -> 0 ->> 'threshold' as threshold, "
                                + "grade -> 'axes' -> 0 ->> 'basis' as basis from dispatch.incident"))
                .containsEntry("axis", "PEOPLE")
                .containsEntry("threshold", "500.0")
                .containsEntry("basis", "REPORTED");
    }

    @Test
    void an_incident_is_visible_to_every_unit_that_has_a_task_and_to_all_above_it() {
        process(report().inGrid(8).radius(20_000));

        assertThat(all("select unnest(visible_to) as code from dispatch.incident order by code"))
                .isEqualTo(all("select distinct unit_code as code from dispatch.task order by code"))
                .hasSize(31);
    }

    @Test
    void a_changed_roster_is_in_use_without_reading_the_map_anew() {
        String grid = "500103001001001";
        long version = currentMap.get().version();
        assertThat(currentMap.get().shifts(grid)).isEmpty();
        ADMINISTRATOR.sql("""
                        insert into grid.staff (account, unit_code, duty, shift_starts, shift_ends, provenance)
                        values ('watch', '500103001001001', 'GRID_WORKER', '08:00', '20:00', 'REGISTERED')
                        """).update();
        try {
            ADMINISTRATOR
                    .sql("update grid.roster_change set number = number + 1")
                    .update();
            currentMap.renew();

            assertThat(currentMap.get().shifts(grid)).hasSize(1);
            assertThat(currentMap.get().version()).isEqualTo(version);
        } finally {
            ADMINISTRATOR.sql("delete from grid.staff").update();
            ADMINISTRATOR
                    .sql("update grid.roster_change set number = number + 1")
                    .update();
            currentMap.renew();
        }
    }

    @Test
    void the_same_report_again_changes_nothing_and_is_counted_as_a_duplicate() {
        UUID id = UUID.randomUUID();
        process(report().id(id).people(640));
        process(report().id(id).people(640), report().id(id).people(5_000).digest("00000000000000ff"));

        assertThat(count("dispatch.incident")).isEqualTo(1);
        assertThat(count("dispatch.report")).isEqualTo(1);
        assertThat(all("select differs::text from dispatch.duplicate_report order by record_offset"))
                .containsExactly("false", "true");
        assertThat(outcomes()).isEqualTo(Map.of("OPENED", 1L, "DUPLICATE", 2L));
    }

    @Test
    void reports_of_one_place_and_time_are_one_incident_whether_in_one_batch_or_in_two() {
        process(report().inGrid(0), report().at(SquareCity.longitudeOf(0) + 0.001, SquareCity.latitude()));
        process(report().at(SquareCity.longitudeOf(0) - 0.001, SquareCity.latitude()));
        process(report().at(SquareCity.longitudeOf(0) + 0.003, SquareCity.latitude()));
        process(report().type("power.outage"));

        assertThat(
                        all(
                                "select type || ' ' || report_count as incident from dispatch.incident order by type, report_count"))
                .containsExactly("flood.waterlogging 1", "flood.waterlogging 3", "power.outage 1");
        assertThat(outcomes()).isEqualTo(Map.of("OPENED", 3L, "MERGED", 2L));
    }

    @Test
    void reports_too_far_apart_in_time_are_two_incidents() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        process(report().receivedAt(now).occurredAt(now.minus(40, ChronoUnit.MINUTES)));
        process(report().receivedAt(now).occurredAt(now.minus(5, ChronoUnit.MINUTES)));

        assertThat(count("dispatch.incident")).isEqualTo(2);
    }

    @Test
    void an_upgrade_moves_version_command_and_tasks_and_says_so() {
        process(report().people(20));
        process(report().people(640).from(SourceKind.OPERATOR, "duty-desk"));

        assertThat(one("select level, commanding_unit, version, report_count from dispatch.incident"))
                .containsEntry("level", "II")
                .containsEntry("commanding_unit", "50")
                .containsEntry("version", 2)
                .containsEntry("report_count", 2);
        assertThat(all("select kind || ' ' || incident_version from dispatch.incident_event order by sequence"))
                .containsExactly("OPENED 1", "GRADED 1", "DISPATCHED 1", "MERGED 1", "GRADED 2", "DISPATCHED 2");
        assertThat(
                        all(
                                "select unit_code || ' ' || role || ' ' || version from dispatch.task order by length(unit_code)"))
                .containsExactly(
                        "50 COMMAND 2",
                        "500103 COORDINATE 2",
                        "500103001 COORDINATE 2",
                        "500103001001 COORDINATE 2",
                        "500103001001001 EXECUTE 2");
    }

    @Test
    void an_upgrade_gives_every_task_the_tighter_deadlines() {
        process(report().people(20));
        process(report().people(150));

        assertThat(one("select level, version from dispatch.incident"))
                .containsEntry("level", "III")
                .containsEntry("version", 2);
        assertThat(all(
                        "select unit_code || ' ' || round(extract(epoch from resolve_by - dispatched_at) / 3600) from dispatch.task "
                                + "where role <> 'NOTIFY' order by length(unit_code)"))
                .containsExactly("500103 12", "500103001 12", "500103001001001 12");
    }

    @Test
    void the_order_of_a_batch_and_its_borders_do_not_change_command_and_units() {
        double border = SquareCity.WEST + 8 * SquareCity.SIDE;
        // Its circle reaches over the border by a good percent of itself, but by less of both circles together.
        ReportBuilder near =
                report().at(border - 0.00093, SquareCity.latitude()).radius(100);
        ReportBuilder wide = report().at(border - 0.0024, SquareCity.latitude()).radius(200);
        process(near, wide);
        Map<String, Object> together = one(
                "select commanding_unit, unit_codes::text as units, visible_to::text as reach from dispatch.incident");
        begin_with_an_empty_store();
        process(wide);
        process(near);

        assertThat(
                        one(
                                "select commanding_unit, unit_codes::text as units, visible_to::text as reach from dispatch.incident"))
                .isEqualTo(together);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_order_of_reports_does_not_change_the_final_grade(int seed) {
        Random random = new Random(seed);
        List<ReportBuilder> reports = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            reports.add(some(random));
        }
        reports.forEach(this::process);
        Map<String, Object> inOrder = one(GRADED);
        begin_with_an_empty_store();
        Collections.shuffle(reports, random);
        process(reports.subList(0, 3).toArray(ReportBuilder[]::new));
        process(reports.subList(3, 7).toArray(ReportBuilder[]::new));

        assertThat(one(GRADED)).isEqualTo(inOrder);
    }

    /** At most some 100 m from the border of two districts, with whatever a report may say. */
    private static ReportBuilder some(Random random) {
        ReportBuilder some = report().at(
                        SquareCity.WEST + 8 * SquareCity.SIDE + (random.nextDouble() - 0.5) / 2_000,
                        SquareCity.latitude() + (random.nextDouble() - 0.5) / 2_000)
                .from(random.nextBoolean() ? SourceKind.SENSOR : SourceKind.CITIZEN, "source-" + random.nextInt(3));
        if (random.nextBoolean()) {
            some.radius(20 + random.nextInt(900));
        }
        if (random.nextBoolean()) {
            some.people(random.nextLong(1_500));
        }
        if (random.nextInt(3) == 0) {
            some.deaths(random.nextLong(12));
        }
        return some;
    }

    @Test
    void a_footprint_over_the_whole_city_gives_every_unit_a_task() {
        process(report().inGrid(8).radius(20_000));

        assertThat(count("dispatch.task")).isEqualTo(31);
    }

    @Test
    void a_smaller_figure_never_lowers_the_level() {
        process(report().people(640));
        process(report().people(2));

        assertThat(one("select level, version, people_affected from dispatch.incident"))
                .containsEntry("level", "II")
                .containsEntry("version", 1)
                .containsEntry("people_affected", 640L);
    }

    @Test
    void one_sensor_alone_waits_at_level_three_until_another_gateway_confirms() {
        process(report().from(SourceKind.SENSOR, "gw-1").people(640));
        assertThat(one("select level, corroborated from dispatch.incident"))
                .containsEntry("level", "III")
                .containsEntry("corroborated", false);

        process(report().from(SourceKind.SENSOR, "gw-1").people(640));
        assertThat(one("select level from dispatch.incident")).containsEntry("level", "III");

        process(report().from(SourceKind.SENSOR, "gw-2"));
        assertThat(one("select level, corroborated from dispatch.incident"))
                .containsEntry("level", "II")
                .containsEntry("corroborated", true);
    }

    @Test
    void a_footprint_over_two_districts_is_commanded_by_the_city_and_estimates_the_people() {
        double border = SquareCity.WEST + 8 * SquareCity.SIDE;
        process(report().at(border - 0.0001, SquareCity.latitude()).radius(300));

        Map<String, Object> incident = one(
                "select commanding_unit, people_basis, people_affected, area_km2, array_length(unit_codes, 1) as units from dispatch.incident");
        assertThat(incident)
                .containsEntry("commanding_unit", "50")
                .containsEntry("people_basis", "ESTIMATED")
                .containsEntry("units", 2);
        assertThat((Double) incident.get("area_km2")).isCloseTo(Math.PI * 0.09, withPercentage(0.1));
        // 1,000 people on a square of about 1.075 km²
        assertThat((Long) incident.get("people_affected")).isBetween(255L, 270L);
        assertThat(all("select unit_code || ' ' || role from dispatch.task order by length(unit_code), unit_code"))
                .containsExactly(
                        "50 COMMAND",
                        "500103 COORDINATE",
                        "500105 COORDINATE",
                        "500103002 COORDINATE",
                        "500105001 COORDINATE",
                        "500103002002 NOTIFY",
                        "500105001001 NOTIFY",
                        "500103002002002 EXECUTE",
                        "500105001001001 EXECUTE");
        assertThat(all(
                        "select s ->> 'grid' || ' ' || round((s ->> 'area')::numeric, 1) || ' ' || round((s ->> 'people')::numeric, 1)"
                                + " from dispatch.incident, json_array_elements(shares) s"))
                .containsExactly("500103002002002 0.5 0.5", "500105001001001 0.5 0.5");
        assertThat(
                        one(
                                "select sum((s ->> 'area')::float8) as area, sum((s ->> 'people')::float8) as people from dispatch.incident, json_array_elements(shares) s"))
                .allSatisfy((share, sum) -> assertThat((Double) sum).isCloseTo(1, within(1e-12)));
    }

    @Test
    void two_reports_of_one_incident_from_two_grids_share_it_though_nobody_gave_a_footprint() {
        double border = SquareCity.WEST + SquareCity.SIDE;
        process(report().at(border - 0.0002, SquareCity.latitude()));
        process(report().at(border + 0.0002, SquareCity.latitude()));

        assertThat(
                        all(
                                "select s ->> 'grid' || ' ' || (s ->> 'area') || ' ' || (s ->> 'people') from dispatch.incident, json_array_elements(shares) s"))
                .containsExactly("500103001001001 0.5 0.5", "500103001001002 0.5 0.5");
    }

    @Test
    void a_fire_wanders_as_far_as_the_policy_lets_it_and_no_farther() {
        ADMINISTRATOR.sql("""
                        insert into dispatch.policy (kind, version, status, document, effective_from, created_at)
                        values ('correlation', 2, 'EFFECTIVE',
                                '{"goesTogether": [], "mergeableForDays": 30,
                                  "distances": [{"types": ["fire.*"], "meters": 1200, "minutes": 60, "wandersMeters": 4000, "source": "policy default"}], "source": "policy default"}',
                                '2026-01-02Z', '2026-01-02Z')
                        """).update();
        try {
            policies.refresh();
            // A grid is some 970 m wide: each report lies near the one before, and the sixth is 4.8 km from the first.
            for (int grid = 0; grid < 6; grid++) {
                process(report().type("fire.forest").inGrid(grid));
            }
            process(report().inGrid(0), report().inGrid(1));
        } finally {
            ADMINISTRATOR.sql("delete from dispatch.policy where version = 2").update();
            policies.refresh();
        }

        assertThat(
                        all(
                                "select type || ' ' || report_count || ' ' || coalesce(st_npoints(positions), 1) from dispatch.incident order by opened_at, type"))
                .containsExactly(
                        "fire.forest 5 5", "fire.forest 1 1", "flood.waterlogging 1 1", "flood.waterlogging 1 1");
    }

    @Test
    void a_key_place_in_the_footprint_raises_by_one_level() {
        process(
                report().inGrid(15).radius(50).people(20),
                report().inGrid(12).radius(50).people(20));

        assertThat(all("select grid_code || ' ' || level from dispatch.incident order by grid_code"))
                .containsExactly("500105002001001 IV", "500105002002002 III");
    }

    @Test
    void what_is_no_report_is_parked_and_its_neighbours_go_on() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        records.add(report().inGrid(0).polled(0, nextOffset++));
        records.add(new ConsumerRecord<>(Topics.REPORT_RECEIVED, 0, nextOffset++, "k", "not json".getBytes()));
        records.add(report().type("no.such-type").polled(0, nextOffset++));
        records.add(report().at(100, 20).polled(0, nextOffset++));
        records.add(report().inGrid(3).polled(0, nextOffset++));
        pipeline.process(read(records));

        assertThat(all("select reason from dispatch.parked_report order by record_offset"))
                .containsExactly("UNDECODABLE", "UNKNOWN_TYPE", "NO_GRID");
        assertThat(outcomes()).isEqualTo(Map.of("OPENED", 2L, "PARKED", 3L));
    }

    @Test
    void what_the_database_will_not_take_is_found_and_parked_and_its_neighbours_go_on() {
        process(
                report().inGrid(0),
                report().inGrid(1),
                report().inGrid(2).lossYuan(-5),
                report().inGrid(3),
                report().inGrid(4));

        assertThat(all("select reason from dispatch.parked_report")).containsExactly("NOT_STORABLE");
        assertThat(outcomes()).isEqualTo(Map.of("OPENED", 4L, "PARKED", 1L));
        assertThat(one("select next_offset from dispatch.consumed_partition")).containsEntry("next_offset", 5L);
    }

    @Test
    void what_cannot_be_read_is_counted_under_the_source_that_its_headers_name() {
        ConsumerRecord<String, byte[]> good =
                report().from(SourceKind.SENSOR, "gw-17").polled(0, nextOffset++);
        ConsumerRecord<String, byte[]> broken = new ConsumerRecord<>(
                Topics.REPORT_RECEIVED, 0, good.offset(), good.key(), "{\"reportId\": 5}".getBytes());
        good.headers().forEach(broken.headers()::add);
        pipeline.process(read(List.of(broken)));

        assertThat(all("select source_id from dispatch.batch_outcome")).containsExactly("gw-17");
        assertThat(all("select source_id from dispatch.parked_report")).containsExactly("gw-17");
    }

    @Test
    void a_parked_report_that_comes_again_is_a_duplicate() {
        UUID id = UUID.randomUUID();
        process(report().id(id).type("no.such-type"));
        process(report().id(id).type("no.such-type"));

        assertThat(outcomes()).isEqualTo(Map.of("PARKED", 1L, "DUPLICATE", 1L));
    }

    @Test
    void a_batch_that_does_not_begin_at_the_stored_offset_changes_nothing() {
        ConsumedReport report = readReports.read(report().polled(0, 7));

        assertThatThrownBy(() -> pipeline.process(List.of(report))).isInstanceOf(StaleOffsets.class);
        assertThat(count("dispatch.incident")).isZero();
        assertThat(count("dispatch.report_key")).isZero();
    }

    @Test
    void whoever_sees_it_only_since_a_later_report_finds_it_changed() {
        double nearTheBorder = SquareCity.WEST + 0.0095;
        process(report().at(nearTheBorder, SquareCity.latitude()).people(3));
        process(report().at(nearTheBorder, SquareCity.latitude()).people(3));
        assertThat(all("select version::text from dispatch.incident")).containsExactly("1");

        process(report().at(nearTheBorder, SquareCity.latitude()).people(3).radius(100));

        assertThat(all("select version || ' ' || ('500103001001002' = any (visible_to)) from dispatch.incident"))
                .containsExactly("2 true");
        assertThat(all("select kind || ' ' || incident_version from dispatch.incident_event order by sequence"))
                .endsWith("MERGED 1", "DISPATCHED 2");
    }

    @Test
    void the_number_of_statements_does_not_depend_on_the_batch() {
        List<ReportBuilder> hundred = new ArrayList<>();
        List<ReportBuilder> thousand = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            // New ones, merges, upgrades, key places, footprints over borders, parked ones and duplicates alike.
            ReportBuilder builder = report().at(SquareCity.WEST + 0.00015 * i, SquareCity.latitude())
                    .people(i % 7 * 120)
                    .radius(40 + i % 300);
            if (i % 50 == 0) {
                builder.type("no.such-type");
            }
            (i < 100 ? hundred : thousand).add(builder);
        }
        thousand.addAll(hundred);

        Map<String, Long> forOne = statementsFor(report().people(3));
        Map<String, Long> forHundred = statementsFor(hundred.toArray(ReportBuilder[]::new));
        ADMINISTRATOR.sql("update dispatch.incident set status = 'RESOLVED'").update();
        Map<String, Long> forThousand = statementsFor(thousand.toArray(ReportBuilder[]::new));

        assertThat(forHundred).isEqualTo(forOne);
        assertThat(forThousand).isEqualTo(forOne);
        assertThat(forOne.values().stream().mapToLong(Long::longValue).sum())
                .as("the number that docs/architecture.md names, of %s", forOne)
                // Three of them look, behind a savepoint, for the open incidents near the new ones.
                .isEqualTo(22);
        assertThat(outcomes().keySet()).contains("OPENED", "MERGED", "PARKED", "DUPLICATE");
        assertThat(all("select distinct kind from dispatch.incident_event where kind = 'REOPENED'"))
                .as("the thousand reopen what was resolved")
                .hasSize(1);
    }

    /** As at the beginning of a month: what was planned then is kept while the tables fill. */
    @Test
    void a_batch_reads_no_month_whole_though_statistics_say_that_it_is_empty() {
        ADMINISTRATOR.sql("analyze").update();
        // From the fifth time on the driver prepares a statement, from the tenth on PostgreSQL may keep its plan.
        for (int i = 0; i < 12; i++) {
            process(report().inGrid(8), report().inGrid(12));
        }

        Long readWhole = new TransactionTemplate(transactions).execute(status -> {
            process(report().inGrid(8), report().inGrid(3).type("power.outage"));
            return dispatch.sql("""
                            select sum(seq_scan) from pg_stat_xact_user_tables
                            where schemaname = 'dispatch' and relname ~ '_[0-9]{4}_[0-9]{2}'
                            """).query(Long.class).single();
        });

        assertThat(readWhole).as("tables of a month that were read whole").isZero();
        assertThat(outcomes()).isEqualTo(Map.of("OPENED", 3L, "MERGED", 23L));
    }

    @Test
    void a_batch_is_planned_without_its_values() {
        List<Boolean> withoutValues = new TransactionTemplate(transactions).execute(status -> {
            // From the fifth time on the driver prepares a statement.
            for (int i = 0; i < 6; i++) {
                process(report().inGrid(8), report().inGrid(12));
            }
            return dispatch.sql("""
                            select generic_plans > 0 and custom_plans = 0 from pg_prepared_statements where statement ~ 'square_of'
                            """).query(Boolean.class).list();
        });

        assertThat(withoutValues).containsExactly(true);
    }

    @Test
    void an_incidents_id_names_the_time_that_it_was_opened_and_derives_from_its_report() {
        UUID id = UUID.randomUUID();
        Instant receivedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        process(report().id(id).receivedAt(receivedAt));
        UUID incident =
                UUID.fromString(all("select id::text from dispatch.incident").getFirst());

        assertThat(incident.getMostSignificantBits() >>> 16).isEqualTo(receivedAt.toEpochMilli());
        begin_with_an_empty_store();
        process(report().id(id).receivedAt(receivedAt));
        assertThat(all("select id::text from dispatch.incident")).containsExactly(incident.toString());
    }

    /**
     * Each statement, without its constants, and how often. What the driver says when the pool opens a connection, which it may do at
     * any moment, belongs to no batch.
     */
    private Map<String, Long> statementsFor(ReportBuilder... reports) {
        ADMINISTRATOR
                .sql("select pg_stat_statements_reset()")
                .query((row, i) -> true)
                .single();
        process(reports);
        Map<String, Long> statements = new HashMap<>();
        ADMINISTRATOR.sql("""
                        select regexp_replace(s.query, '\\$\\d+|\\m\\d+\\M', '?', 'g') as query, sum(s.calls) as calls
                        from pg_stat_statements s join pg_roles r on r.oid = s.userid join pg_database d on d.oid = s.dbid
                        where r.rolname = 'city_brain_dispatch' and d.datname = current_database()
                            and s.query not like 'SET application_name %'
                        group by 1
                        """).query(row -> {
            statements.put(row.getString("query"), row.getLong("calls"));
        });
        return statements;
    }

    private void process(ReportBuilder... reports) {
        pipeline.process(
                read(Arrays.stream(reports).map(r -> r.polled(0, nextOffset++)).toList()));
    }

    private List<ConsumedReport> read(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(readReports::read).toList();
    }

    private Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new HashMap<>();
        ADMINISTRATOR
                .sql("select outcome, sum(reports) as reports from dispatch.batch_outcome group by outcome")
                .query(row -> {
                    outcomes.put(row.getString("outcome"), row.getLong("reports"));
                });
        return outcomes;
    }

    private static Map<String, Object> one(String sql) {
        return ADMINISTRATOR.sql(sql).query().singleRow();
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }

    private static long count(String table) {
        return ADMINISTRATOR
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
