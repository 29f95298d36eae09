package org.citybrain.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.citybrain.dispatch.ReportBuilder.report;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.ReportBuilder;
import org.citybrain.dispatch.SettableClock;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.PostgresKnownIncidents;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Deadlines of real incidents on real PostGIS; the clock stands until a test moves it, and each sweep is called by hand. */
@SpringBootTest(
        classes = {DispatchApplication.class, SweepDeadlinesTest.StandingClock.class},
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.relay-age-interval=1h",
            "city-brain.dispatch.policy-refresh=1h",
            "city-brain.dispatch.map-interval=1h",
            "city-brain.dispatch.waiting-interval=1h",
            "city-brain.dispatch.deadlines.batch-size=20"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SweepDeadlinesTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    /** Ten in the morning in the city. */
    private static final Instant MORNING = Instant.parse("2026-07-01T02:00:00Z");

    private static final SettableClock CLOCK = new SettableClock(MORNING);

    /** Of deadlines: tasks, situation reports, what was resolved, what was verified. */
    private static final int KINDS = 4;

    private static final String GRID = "500103001001001";
    private static final String COMMUNITY = "500103001001";
    private static final String STREET = "500103001";
    private static final String DISTRICT = "500103";

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private SweepDeadlines sweepDeadlines;

    @Autowired
    private SweepTasks sweepTasks;

    @Autowired
    private SweepInBatches sweepInBatches;

    @Autowired
    private GiveWayToReports giveWay;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @Autowired
    private PostgresVerifiedIncidents verifiedIncidents;

    @Autowired
    private PostgresTransactions transactions;

    @Autowired
    private PostgresKnownIncidents knownIncidents;

    @Autowired
    private GiveTask giveTask;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

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
        ADMINISTRATOR
                .sql("update dispatch.policy set effective_from = '2020-01-01'")
                .update();
        ADMINISTRATOR
                .sql(
                        "update dispatch.policy set document = jsonb_set(document, '{rules,R1,counts}', '\"WORKING\"') where kind = 'routing'")
                .update();
        ADMINISTRATOR
                .sql("select dispatch.ensure_partitions('2026-06-01', '2027-01-01')")
                .query((row, i) -> true)
                .single();
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
    }

    @BeforeEach
    void begin_with_an_empty_store() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.report_key, dispatch.report, dispatch.duplicate_report, dispatch.parked_report,
                                 dispatch.batch_outcome, dispatch.incident, dispatch.task, dispatch.incident_event,
                                 dispatch.consumed_partition, grid.staff, grid.working_calendar
                        """).update();
        ADMINISTRATOR.sql("update grid.roster_change set number = number + 1").update();
        ADMINISTRATOR.sql("update grid.calendar_change set number = number + 1").update();
        CLOCK.set(MORNING);
        currentMap.renew();
        nextOffset = 0;
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
    }

    @Test
    void a_deadline_is_told_as_near_once_when_four_fifths_of_its_time_are_gone() {
        openOrdinary();

        sweepAfter(Duration.ofMinutes(8).minusMillis(1));
        assertThat(deadlineLines()).isEmpty();
        sweepAfter(Duration.ofMinutes(8));
        sweepAfter(Duration.ofMinutes(9));

        assertThat(deadlineLines()).containsExactly("DEADLINE_NEAR ACKNOWLEDGE");
        JsonNode line = detail("DEADLINE_NEAR");
        assertThat(line.path("of").findValuesAsString("unitCode")).containsExactly(STREET, GRID);
        assertThat(line.path("dueAt").asString()).isEqualTo("2026-07-01T02:10:00Z");
    }

    @Test
    void what_was_missed_goes_to_the_unit_above_with_deadlines_of_its_own_and_the_first_task_stays_open() {
        openOrdinary();

        sweepAfter(Duration.ofMinutes(10));

        assertThat(escalations()).containsExactly(GRID + " > " + COMMUNITY, STREET + " > " + DISTRICT);
        assertThat(task(GRID)).isEqualTo("EXECUTE DISPATCHED 02:10 02:00 v1");
        assertThat(task(COMMUNITY)).as("it was only told before").isEqualTo("EXECUTE DISPATCHED 02:20 02:10 v2");
        assertThat(task(DISTRICT)).as("it has it already").isEqualTo("COMMAND DISPATCHED 02:15 02:00 v1");
        assertThat(last("DISPATCHED").path("tasks").findValuesAsString("unitCode"))
                .containsExactly(COMMUNITY);
        assertThat(detail("ESCALATED").path("why").asString()).isEqualTo("not acknowledged in time");
        assertThat(all("select version::text from dispatch.incident")).containsExactly("1");
    }

    @Test
    void nothing_is_escalated_twice_and_silence_climbs_to_the_city_which_is_alarmed_every_half_hour() {
        openOrdinary();

        for (int minute = 1; minute <= 105; minute++) {
            sweepAfter(Duration.ofMinutes(minute));
            sweepAfter(Duration.ofMinutes(minute));
        }

        assertThat(escalations())
                .containsExactly(
                        GRID + " > " + COMMUNITY,
                        STREET + " > " + DISTRICT,
                        DISTRICT + " > 50",
                        COMMUNITY + " > " + STREET,
                        "50 alarm",
                        "50 alarm",
                        "50 alarm");
        assertThat(all("""
                        select to_char(recorded_at at time zone 'UTC', 'HH24:MI') from dispatch.incident_event
                        where kind = 'SUPERVISED' order by sequence
                        """)).containsExactly("02:30", "03:00", "03:30");
    }

    @Test
    void who_has_acknowledged_is_not_escalated_and_misses_the_time_to_resolve_later() {
        openOrdinary();
        ADMINISTRATOR.sql("update dispatch.task set status = 'ACKNOWLEDGED'").update();

        sweepAfter(Duration.ofHours(19));
        assertThat(deadlineLines()).isEmpty();
        sweepAfter(Duration.ofHours(20));
        sweepAfter(Duration.ofHours(24));

        assertThat(deadlineLines()).containsExactly("DEADLINE_NEAR RESOLVE", "DEADLINE_MISSED RESOLVE");
        assertThat(escalations())
                .containsExactly(GRID + " > " + COMMUNITY, STREET + " > " + DISTRICT, DISTRICT + " > 50");
    }

    /** city-brain-api says that nobody of the unit was reached, and the sweep that time is up: whichever comes first. */
    @ParameterizedTest
    @CsvSource({"UNREACHABLE first, 2", "the deadline first, 10", "both at once, 10"})
    void a_unit_that_is_unreachable_and_misses_its_deadline_is_escalated_once(String which, int firstMinutes) {
        openOrdinary();
        Duration first = Duration.ofMinutes(firstMinutes);
        if (which.startsWith("UNREACHABLE")) {
            CLOCK.set(MORNING.plus(first));
            recordUnreachable();
            assertThat(all("select acknowledge_by::text from dispatch.task where unit_code = '" + GRID + "'"))
                    .as("its time is up at once")
                    .isEqualTo(all("select '%s'::timestamptz::text".formatted(MORNING.plus(first))));
            sweepAfter(first);
        } else if (which.startsWith("the deadline")) {
            sweepAfter(first);
            recordUnreachable();
        } else {
            CLOCK.set(MORNING.plus(first));
            CompletableFuture<Void> sweep = CompletableFuture.runAsync(sweepDeadlines::sweep);
            recordUnreachable();
            sweep.join();
        }
        sweepAfter(first);
        sweepAfter(Duration.ofMinutes(10));

        assertThat(escalations().stream().filter(line -> line.startsWith(GRID)))
                .containsExactly(GRID + " > " + COMMUNITY);
        assertThat(details("DEADLINE_MISSED").stream()
                        .flatMap(missed -> missed.path("of").valueStream())
                        .filter(of -> of.path("unitCode").asString().equals(GRID)))
                .as("told once as missed")
                .hasSize(1);
    }

    private static void recordUnreachable() {
        long receipt =
                ADMINISTRATOR.sql("""
                        insert into api.receipt (kind, incident_id, task_id, event_id, event, unit_code, recorded_at)
                        select 'UNREACHABLE', incident_id, id, id || ':dispatched', 'DISPATCHED_TO_UNIT', unit_code, now()
                        from dispatch.task where unit_code = :unit
                        returning sequence
                        """).param("unit", GRID).query(Long.class).single();
        await().until(() -> ADMINISTRATOR
                        .sql("select sequence from dispatch.relay_position where name = 'receipts'")
                        .query(Long.class)
                        .single()
                >= receipt);
    }

    @Test
    void a_contained_emergency_has_no_time_to_resolve_any_more() {
        openOrdinary();
        ADMINISTRATOR.sql("update dispatch.task set status = 'IN_PROGRESS'").update();
        ADMINISTRATOR.sql("update dispatch.incident set status = 'CONTAINED'").update();

        sweepAfter(Duration.ofHours(30));

        assertThat(deadlineLines()).isEmpty();
        assertThat(all("select count(*)::text from dispatch.task where next_due_at is not null"))
                .containsExactly("0");
    }

    @Test
    void where_nobody_is_on_duty_above_it_goes_on_up_at_once() {
        SquareCity.addShift(DATABASE.administratorDataSource(), "watch", COMMUNITY, "20:00", "21:00");
        currentMap.renew();
        openOrdinary();

        sweepAfter(Duration.ofMinutes(10));

        assertThat(escalations())
                .containsExactly(GRID + " > " + COMMUNITY, COMMUNITY + " > " + STREET, STREET + " > " + DISTRICT);
        assertThat(
                        all(
                                "select detail ->> 'why' from dispatch.incident_event where kind = 'ESCALATED' order by sequence"))
                .containsExactly(
                        "not acknowledged in time",
                        "nobody is on duty there by the roster",
                        "not acknowledged in time");
    }

    @Test
    void after_a_stop_a_line_says_when_it_was_due_and_when_it_was_found() {
        openOrdinary();

        sweepAfter(Duration.ofDays(2));

        assertThat(deadlineLines())
                .as("no warning of what has passed")
                .containsExactly("DEADLINE_MISSED ACKNOWLEDGE", "DEADLINE_MISSED RESOLVE");
        JsonNode line = detail("DEADLINE_MISSED");
        assertThat(line.path("dueAt").asString()).isEqualTo("2026-07-01T02:10:00Z");
        assertThat(line.path("foundAt").asString()).isEqualTo("2026-07-03T02:00:00Z");
        assertThat(escalations()).doesNotHaveDuplicates();
    }

    @Test
    void an_incident_that_somebody_works_on_is_passed_over_and_its_turn_comes_later() throws Exception {
        process(at(0, MORNING).people(20), at(3, MORNING).people(20));
        UUID held = UUID.fromString(all("select id::text from dispatch.incident order by id limit 1")
                .getFirst());
        CLOCK.set(MORNING.plus(Duration.ofMinutes(10)));
        try (Connection other = DATABASE.administratorDataSource().getConnection()) {
            other.createStatement().execute("select pg_advisory_lock(" + IncidentId.lockKey(held) + ")");
            sweepDeadlines.sweep();
            assertThat(
                            all(
                                    "select distinct incident_id::text from dispatch.incident_event where kind = 'DEADLINE_MISSED'"))
                    .hasSize(1)
                    .doesNotContain(held.toString());
            other.createStatement().execute("select pg_advisory_unlock(" + IncidentId.lockKey(held) + ")");
        }

        sweepDeadlines.sweep();

        assertThat(all("select incident_id::text from dispatch.incident_event where kind = 'DEADLINE_MISSED'"))
                .hasSize(2)
                .contains(held.toString());
    }

    @Test
    void four_sweeps_at_once_escalate_each_task_once() throws Exception {
        int incidents = 200;
        List<ReportBuilder> reports = new ArrayList<>();
        for (int i = 0; i < incidents; i++) {
            reports.add(at(i % 16, MORNING.minus(Duration.ofHours(i)))
                    .receivedAt(MORNING)
                    .occurredAt(MORNING.minus(Duration.ofHours(i)))
                    .people(20));
        }
        process(reports.toArray(ReportBuilder[]::new));
        CLOCK.set(MORNING.plus(Duration.ofMinutes(10)));
        CyclicBarrier together = new CyclicBarrier(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> sweeps = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sweeps.add(threads.submit(() -> {
                    together.await();
                    return sweepDeadlines.sweep();
                }));
            }
            for (Future<Integer> sweep : sweeps) {
                sweep.get();
            }
        }
        sweepDeadlines.sweep();

        long opened = ADMINISTRATOR
                .sql("select count(*) from dispatch.incident")
                .query(Long.class)
                .single();
        assertThat(opened).isGreaterThan(100);
        assertThat(all("""
                        select kind || ' ' || count(*) || ' ' || count(distinct incident_id) from dispatch.incident_event
                        where kind in ('DEADLINE_MISSED', 'ESCALATED') group by kind order by kind
                        """))
                .containsExactly(
                        "DEADLINE_MISSED %d %d".formatted(opened, opened),
                        "ESCALATED %d %d".formatted(2 * opened, opened));
    }

    @Test
    void a_grave_incident_is_reported_on_every_two_hours_and_the_commander_is_chased() {
        process(at(0, MORNING).people(640));
        ADMINISTRATOR.sql("update dispatch.task set status = 'IN_PROGRESS'").update();
        sweepDeadlines.sweep();

        sweepAfter(Duration.ofMinutes(95));
        assertThat(situationLines()).isEmpty();
        sweepAfter(Duration.ofMinutes(96));
        assertThat(situationLines()).containsExactly("DEADLINE_NEAR 04:00");
        assertThat(nextReportBy()).isEqualTo("04:00");
        tell("SITUATION_REPORTED", Duration.ofMinutes(110));
        ADMINISTRATOR
                .sql("update dispatch.incident set situation_next_at = :now")
                .param("now", java.sql.Timestamp.from(MORNING.plus(Duration.ofMinutes(110))))
                .update();
        sweepAfter(Duration.ofMinutes(111));
        assertThat(nextReportBy()).as("two hours from the report").isEqualTo("05:50");
        sweepAfter(Duration.ofMinutes(120));
        assertThat(situationLines()).hasSize(1);
        sweepAfter(Duration.ofMinutes(110 + 96));
        sweepAfter(Duration.ofMinutes(110 + 120));

        assertThat(situationLines())
                .containsExactly("DEADLINE_NEAR 04:00", "DEADLINE_NEAR 05:50", "DEADLINE_MISSED 05:50");
        assertThat(detail("SUPERVISED").path("from").get(0).asString()).isEqualTo("50");
        ADMINISTRATOR.sql("update dispatch.incident set status = 'RESOLVED'").update();
        sweepAfter(Duration.ofHours(10));
        assertThat(situationLines()).hasSize(3);
        ADMINISTRATOR
                .sql("update dispatch.incident set status = 'IN_PROGRESS', changed_at = :now")
                .param("now", java.sql.Timestamp.from(MORNING.plus(Duration.ofHours(20))))
                .update();
        tell("REOPENED", Duration.ofHours(20));
        sweepAfter(Duration.ofHours(20));
        assertThat(nextReportBy()).as("two hours from the reopening").isEqualTo("00:00");
    }

    private static String nextReportBy() {
        return ADMINISTRATOR
                .sql(
                        "select coalesce(to_char(max(situation_due_at) at time zone 'UTC', 'HH24:MI'), '-') from dispatch.incident")
                .query(String.class)
                .single();
    }

    @Test
    void what_was_verified_is_closed_by_rule_a_day_later_but_never_at_level_one() {
        process(at(0, MORNING).people(20), at(8, MORNING).people(1_200));
        ADMINISTRATOR.sql("update dispatch.task set status = 'COMPLETED'").update();
        ADMINISTRATOR.sql("update dispatch.incident set status = 'VERIFIED'").update();
        tell("VERIFIED", Duration.ofHours(1));

        sweepAfter(Duration.ofHours(1));
        sweepAfter(Duration.ofHours(24));
        assertThat(all("select status || ' ' || close_at from dispatch.incident order by level"))
                .containsExactly("VERIFIED infinity", "VERIFIED 2026-07-02 03:00:00+00");
        sweepAfter(Duration.ofHours(25));
        sweepAfter(Duration.ofDays(30));

        assertThat(all("select level || ' ' || status || ' ' || version from dispatch.incident order by level"))
                .containsExactly("I VERIFIED 1", "IV CLOSED 2");
        assertThat(all("select actor from dispatch.incident_event where kind = 'CLOSED'"))
                .containsExactly("rule:deadline@1");
    }

    @Test
    void no_more_is_locked_than_is_closed_at_once() {
        process(IntStream.range(0, 16)
                .mapToObj(grid -> at(grid, MORNING).people(20))
                .toArray(ReportBuilder[]::new));
        ADMINISTRATOR.sql("update dispatch.incident set status = 'VERIFIED'").update();
        List<UUID> found = verifiedIncidents.find(MORNING, 100, List.of());
        AtomicLong locks = new AtomicLong();

        transactions.inBatch(() -> {
            assertThat(verifiedIncidents.lock(found, 2)).hasSize(2);
            locks.set(jdbc.sql("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")
                    .query(Long.class)
                    .single());
        });

        assertThat(found).hasSizeGreaterThan(10);
        assertThat(locks).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void a_rule_that_did_not_close_it_at_level_one_closes_it_when_it_is_verified_again_at_level_two() {
        process(at(0, MORNING).people(1_200));
        ADMINISTRATOR.sql("update dispatch.task set status = 'COMPLETED'").update();
        ADMINISTRATOR.sql("update dispatch.incident set status = 'VERIFIED'").update();
        tell("VERIFIED", Duration.ofHours(1));
        sweepAfter(Duration.ofHours(2));
        ADMINISTRATOR.sql("update dispatch.incident set status = 'IN_PROGRESS'").update();
        ADMINISTRATOR.sql("update dispatch.incident set level = 'II'").update();
        ADMINISTRATOR.sql("update dispatch.incident set status = 'VERIFIED'").update();
        tell("VERIFIED", Duration.ofHours(3));

        sweepAfter(Duration.ofHours(26));
        assertThat(all("select status from dispatch.incident")).containsExactly("VERIFIED");
        sweepAfter(Duration.ofHours(27));

        assertThat(all("select status from dispatch.incident")).containsExactly("CLOSED");
    }

    @Test
    void what_was_resolved_and_nobody_verifies_is_chased_after_a_day_and_every_half_hour() {
        openOrdinary();
        ADMINISTRATOR.sql("update dispatch.task set status = 'COMPLETED'").update();
        ADMINISTRATOR.sql("update dispatch.incident set status = 'RESOLVED'").update();
        tell("RESOLVED", Duration.ofHours(1));

        sweepAfter(Duration.ofHours(1));
        sweepAfter(Duration.ofHours(25).minusMillis(1));
        assertThat(escalations()).isEmpty();
        sweepAfter(Duration.ofHours(25));
        sweepAfter(Duration.ofHours(25).plusMinutes(29));
        sweepAfter(Duration.ofHours(25).plusMinutes(30));
        assertThat(escalations()).containsExactly(DISTRICT + " alarm", DISTRICT + " alarm");
        assertThat(last("SUPERVISED").path("why").asString()).isEqualTo("resolved, and not verified in time");

        ADMINISTRATOR.sql("update dispatch.incident set status = 'VERIFIED'").update();
        tell("VERIFIED", Duration.ofHours(26));
        sweepAfter(Duration.ofHours(27));
        assertThat(escalations()).hasSize(2);
    }

    @Test
    void a_task_that_is_dispatched_again_is_watched_again() {
        openOrdinary();
        sweepAfter(Duration.ofMinutes(10));
        ADMINISTRATOR.sql("update dispatch.task set status = 'COMPLETED'").update();
        dispatchAgain(GRID, Duration.ofMinutes(60));

        sweepAfter(Duration.ofMinutes(68));
        assertThat(deadlineLines()).endsWith("DEADLINE_NEAR ACKNOWLEDGE");
        assertThat(last("DEADLINE_NEAR").path("of").findValuesAsString("unitCode"))
                .containsExactly(GRID);
        sweepAfter(Duration.ofMinutes(70));

        assertThat(last("DEADLINE_MISSED").path("of").findValuesAsString("unitCode"))
                .containsExactly(GRID);
    }

    @Test
    void after_a_reopening_units_that_were_done_before_are_asked_again_and_have_it_afresh() {
        openOrdinary();
        ADMINISTRATOR
                .sql("update dispatch.task set status = 'COMPLETED', changed_at = :now")
                .param("now", java.sql.Timestamp.from(MORNING.plus(Duration.ofMinutes(5))))
                .update();
        tell("REOPENED", Duration.ofMinutes(60));
        dispatchAgain(STREET, Duration.ofMinutes(60));

        sweepAfter(Duration.ofMinutes(70));

        assertThat(escalations()).containsExactly(STREET + " > " + DISTRICT);
        assertThat(task(DISTRICT)).isEqualTo("COMMAND DISPATCHED 03:20 03:10 v2");
        assertThat(last("DISPATCHED").path("tasks").findValuesAsString("unitCode"))
                .containsExactly(DISTRICT);
    }

    @Test
    void where_the_task_of_the_city_is_closed_as_well_the_alarm_rings_every_half_hour() {
        openOrdinary();
        for (String unit : List.of("50", DISTRICT)) {
            ADMINISTRATOR
                    .sql("update dispatch.task set role = 'COMMAND', status = 'RETURNED' where unit_code = :unit")
                    .param("unit", unit)
                    .update();
        }
        ADMINISTRATOR.sql("""
                        insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, digest)
                        select id, gen_random_uuid(), 1, 'CITY', '50', 'COMMAND', 'RETURNED', opened_at, false from dispatch.incident
                        where not exists (select from dispatch.task where unit_code = '50')
                        """).update();

        for (int minute = 10; minute <= 75; minute++) {
            sweepAfter(Duration.ofMinutes(minute));
        }

        assertThat(all("""
                        select to_char(recorded_at at time zone 'UTC', 'HH24:MI') || ' ' || (detail -> 'from' ->> 0)
                        from dispatch.incident_event where kind = 'SUPERVISED' order by sequence
                        """)).contains("02:10 50", "02:40 50", "03:10 50");
        ADMINISTRATOR
                .sql("update dispatch.task set status = 'ACKNOWLEDGED' where status = 'DISPATCHED'")
                .update();
        int alarms = details("SUPERVISED").size();
        sweepAfter(Duration.ofHours(3));
        assertThat(details("SUPERVISED")).hasSize(alarms);
    }

    @Test
    void an_incident_that_is_grave_again_is_reported_on_from_then_on() {
        process(at(0, MORNING).people(640));
        ADMINISTRATOR.sql("update dispatch.task set status = 'IN_PROGRESS'").update();
        sweepDeadlines.sweep();
        ADMINISTRATOR.sql("update dispatch.incident set level = 'III'").update();
        sweepAfter(Duration.ofHours(5));
        ADMINISTRATOR.sql("update dispatch.incident set level = 'II'").update();
        tell("REGRADED", Duration.ofHours(5));

        sweepAfter(Duration.ofHours(5));
        sweepAfter(Duration.ofHours(6));
        assertThat(situationLines()).isEmpty();
        sweepAfter(Duration.ofHours(7));

        assertThat(situationLines()).containsExactly("DEADLINE_MISSED 09:00");
    }

    @Test
    void an_incident_that_cannot_be_stored_stops_no_other() {
        process(at(0, MORNING).people(20), at(3, MORNING).people(20));
        ADMINISTRATOR.sql("""
                        create function dispatch.refuse() returns trigger language plpgsql as $$
                        begin raise exception 'cannot be stored'; end $$
                        """).update();
        ADMINISTRATOR
                .sql("""
                        create trigger refused before insert on dispatch.incident_event for each row
                        when (new.kind = 'DEADLINE_MISSED' and new.incident_id = '%s') execute function dispatch.refuse()
                        """.formatted(all("select min(id::text) from dispatch.incident")
                        .getFirst()))
                .update();
        try {
            sweepAfter(Duration.ofMinutes(10));
        } finally {
            ADMINISTRATOR.sql("drop function dispatch.refuse cascade").update();
        }

        assertThat(details("DEADLINE_MISSED")).hasSize(1);
        assertThat(meters.get("citybrain.dispatch.deadlines")
                        .tag("outcome", "FAILED")
                        .counter()
                        .count())
                .isEqualTo(1);
        sweepAfter(Duration.ofMinutes(10));
        assertThat(details("DEADLINE_MISSED")).as("its turn came").hasSize(2);
    }

    @Test
    void where_working_time_counts_the_unit_has_until_it_has_worked_so_long() {
        ADMINISTRATOR.sql("""
                        insert into grid.working_calendar (unit_code, valid_from, hours, days, changed_at)
                        select '500103', '2026-01-01', json_object_agg(day, '[{"from": "09:00", "to": "18:00"}]'::json), '{}', now()
                        from unnest(array['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY']) as day
                        """).update();
        ADMINISTRATOR.sql("update grid.calendar_change set number = number + 1").update();
        currentMap.renew();

        // 24 hours from ten in the morning of a Wednesday: eight, nine, and seven on Friday.
        process(at(0, MORNING).type("city.litter"), at(8, MORNING).type("city.litter"));

        assertThat(all("""
                        select unit_code || ' ' || to_char(acknowledge_by at time zone 'Asia/Shanghai', 'DD HH24:MI') || ' '
                               || to_char(resolve_by at time zone 'Asia/Shanghai', 'DD HH24:MI')
                        from dispatch.task where role <> 'NOTIFY' order by unit_code
                        """)).containsExactly(GRID + " 01 10:30 03 16:00", "500105001001001 01 10:30 02 10:00");

        KnownIncident first = knownIncidents.get(UUID.fromString(
                all("select incident_id::text from dispatch.task where unit_code = '" + GRID + "' and role <> 'NOTIFY'")
                        .getFirst()));
        assertThat(giveTask.give(first, List.of(), "500103002", null, TaskRole.EXECUTE, MORNING))
                .as("so it does where a person gives the task")
                .hasValueSatisfying(task -> {
                    assertThat(task.acknowledgeBy()).isEqualTo(MORNING.plus(Duration.ofMinutes(30)));
                    assertThat(task.resolveBy()).isEqualTo(Instant.parse("2026-07-03T08:00:00Z"));
                });
    }

    @Test
    void situation_reports_do_not_wait_for_the_end_of_a_backlog_of_tasks() {
        process(at(0, MORNING).people(640));
        sweepDeadlines.sweep();
        new OverdueTasks(ADMINISTRATOR).copyEach(30);
        CLOCK.set(MORNING.plus(Duration.ofMinutes(96)));
        AtomicInteger batches = new AtomicInteger();

        sweepDeadlines.sweep(() -> batches.incrementAndGet() > KINDS);

        assertThat(deadlineLines()).as("a first batch of tasks").anyMatch(line -> line.endsWith(" ACKNOWLEDGE"));
        assertThat(situationLines()).as("and one of situation reports").hasSize(20);
    }

    @Test
    void a_kind_that_fails_stops_no_other() {
        process(at(0, MORNING).people(640));
        CLOCK.set(MORNING.plus(Duration.ofHours(1)));

        assertThatThrownBy(() ->
                        new SweepDeadlines(List.of(new FailingWork(), sweepTasks), sweepInBatches, giveWay).sweep())
                .hasMessage("cannot be found");
        assertThat(deadlineLines()).anyMatch(line -> line.endsWith(" ACKNOWLEDGE"));
    }

    @Test
    void a_failure_is_told_although_the_sweep_was_ended_before_all_was_done() {
        AtomicInteger batches = new AtomicInteger();

        assertThatThrownBy(() -> new SweepDeadlines(List.of(new FailingWork(), sweepTasks), sweepInBatches, giveWay)
                        .sweep(() -> batches.incrementAndGet() > 1))
                .hasMessage("cannot be found");
    }

    @Test
    void a_lane_that_is_stopped_begins_no_further_batch() {
        process(at(0, MORNING).people(640));
        CLOCK.set(MORNING.plus(Duration.ofHours(1)));

        assertThat(sweepDeadlines.sweep(() -> true)).isZero();
        Thread.currentThread().interrupt();
        assertThat(sweepDeadlines.sweep()).isZero();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sweepDeadlines.sweep()).isPositive();
    }

    /** A level IV incident in the first grid: grid and street have ten minutes to acknowledge, the district fifteen. */
    private void openOrdinary() {
        process(at(0, MORNING).people(20));
    }

    private static ReportBuilder at(int grid, Instant moment) {
        return report().inGrid(grid).receivedAt(moment);
    }

    private void sweepAfter(Duration sinceMorning) {
        CLOCK.set(MORNING.plus(sinceMorning));
        sweepDeadlines.sweep();
    }

    /** As a person's command would: ten minutes to acknowledge, a day to resolve. */
    private static void dispatchAgain(String unit, Duration sinceMorning) {
        ADMINISTRATOR
                .sql("""
                        update dispatch.task
                        set status = 'DISPATCHED', version = version + 1, changed_at = :now, acknowledge_from = :now, resolve_from = :now,
                            acknowledge_by = :now::timestamptz + interval '10 minutes', resolve_by = :now::timestamptz + interval '1 day'
                        where unit_code = :unit
                        """)
                .param("now", java.sql.Timestamp.from(MORNING.plus(sinceMorning)))
                .param("unit", unit)
                .update();
    }

    /** As a person's command would. */
    private static void tell(String kind, Duration sinceMorning) {
        ADMINISTRATOR
                .sql("""
                        insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_after,
                            commanding_unit, report_count, people_affected, area_km2, detail)
                        select id, :at, :kind, version, 'person:somebody', status, commanding_unit, report_count, people_affected,
                               area_km2, '{}'
                        from dispatch.incident
                        """)
                .param("at", java.sql.Timestamp.from(MORNING.plus(sinceMorning)))
                .param("kind", kind)
                .update();
    }

    private void process(ReportBuilder... reports) {
        pipeline.process(Arrays.stream(reports)
                .map(r -> readReports.read(r.polled(0, nextOffset++)))
                .toList());
    }

    private static List<String> deadlineLines() {
        return all("""
                select kind || ' ' || (detail ->> 'deadline') from dispatch.incident_event
                where kind like 'DEADLINE%' order by sequence
                """);
    }

    private static List<String> situationLines() {
        return all("""
                select kind || ' ' || to_char((detail ->> 'dueAt')::timestamptz at time zone 'UTC', 'HH24:MI')
                from dispatch.incident_event
                where kind like 'DEADLINE%' and detail ->> 'deadline' = 'SITUATION_REPORT' order by sequence
                """);
    }

    private static List<String> escalations() {
        return all("""
                select (detail -> 'from' ->> 0) || coalesce(' > ' || (detail ->> 'to'), ' alarm') from dispatch.incident_event
                where kind in ('ESCALATED', 'SUPERVISED') order by sequence
                """);
    }

    private static String task(String unit) {
        return all("""
                select role || ' ' || status || ' ' || to_char(acknowledge_by at time zone 'UTC', 'HH24:MI') || ' '
                       || to_char(coalesce(acknowledge_from, dispatched_at) at time zone 'UTC', 'HH24:MI') || ' v' || version
                from dispatch.task where unit_code = '%s'
                """.formatted(unit)).getFirst();
    }

    private static JsonNode detail(String kind) {
        return details(kind).getFirst();
    }

    private static JsonNode last(String kind) {
        return details(kind).getLast();
    }

    private static List<JsonNode> details(String kind) {
        return all("select detail::text from dispatch.incident_event where kind = '" + kind + "' order by sequence")
                .stream()
                .map(MessageJson.MAPPER::readTree)
                .toList();
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }

    /** As where the database does not take the question. */
    private static final class FailingWork implements DueWork {

        @Override
        public DeadlineKind kind() {
            return DeadlineKind.RESOLVE;
        }

        @Override
        public Collection<UUID> find(int most, Set<UUID> without) {
            throw new IllegalStateException("cannot be found");
        }

        @Override
        public List<UUID> lock(Collection<UUID> found, int most) {
            return List.of();
        }

        @Override
        public Collection<UUID> decide(List<UUID> locked, DeadlineMeters.Counted counted) {
            return List.of();
        }
    }
}
