package org.citybrain.dispatch.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.ReportBuilder;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.policy.PolicyKind;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Rehearsals of what the real pipeline has decided, on real PostGIS. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.policy-refresh=1h",
            "city-brain.dispatch.rehearsal.sweep=200ms",
            "city-brain.dispatch.rehearsal.heartbeat=100ms"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RehearsalTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final int REPORTS = 6_000;
    private static final int BATCH = 500;

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
    private PostgresStoredIncidents storedIncidents;

    @Autowired
    private RehearseIncidents rehearseIncidents;

    @Autowired
    private RehearseCorrelation rehearseCorrelation;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private long nextOffset;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
        for (int grid : new int[] {2, 7, 15}) {
            SquareCity.addKeyPlace(
                    DATABASE.administratorDataSource(),
                    "school-" + grid,
                    SquareCity.longitudeOf(grid),
                    SquareCity.latitude());
        }
    }

    @BeforeEach
    void begin_with_an_empty_store() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.report_key, dispatch.report, dispatch.duplicate_report, dispatch.parked_report,
                                 dispatch.batch_outcome, dispatch.incident, dispatch.task, dispatch.incident_event,
                                 dispatch.consumed_partition, dispatch.rehearsal
                        """).update();
        currentMap.renew();
        nextOffset = 0;
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
    }

    @AfterEach
    void only_the_first_versions_stay() {
        ADMINISTRATOR.sql("delete from dispatch.policy where version > 1").update();
        policies.refresh();
    }

    @Test
    void every_stored_grade_gives_itself_again_from_its_record_alone() {
        aFewDays(REPORTS);

        List<GradeRecord> records = new ArrayList<>();
        ADMINISTRATOR
                .sql("select grade::text as record from dispatch.incident union all "
                        + "select detail::text from dispatch.incident_event where kind = 'GRADED'")
                .query(row -> {
                    records.add(MessageJson.MAPPER.readValue(row.getString("record"), GradeRecord.class));
                });

        assertThat(records)
                .hasSizeGreaterThan(2_000)
                .allSatisfy(record ->
                        assertThat(record.replay(SeededPolicies.grading(), 1)).isEqualTo(record));
        assertThat(records)
                .anyMatch(record -> record.scope() != null)
                .anyMatch(record -> !record.corroborated())
                .anyMatch(GradeRecord::needsPerson)
                .anyMatch(record -> record.inputs().keyPlaces() > 0)
                .anyMatch(record -> record.inputs().sources().size() > 2);
        assertThat(count("select count(distinct coalesce(level, scope)) from dispatch.incident"))
                .isEqualTo(7);
    }

    @Test
    void a_rehearsal_of_the_policy_that_decided_changes_nothing() {
        aFewDays(REPORTS);
        long incidents = count("select count(*) from dispatch.incident");
        assertThat(incidents).isGreaterThan(2_000);

        for (PolicyKind kind : List.of(PolicyKind.GRADING, PolicyKind.ROUTING, PolicyKind.ITEM_CATALOGUE)) {
            RehearsalResult result = rehearse(kind, 1);

            assertThat(result.replayed()).as("%s", kind).isEqualTo(incidents);
            assertThat(result.changedIncidents()).as("%s", kind).isZero();
            assertThat(result.notReplayable()).as("%s", kind).isEmpty();
            assertThat(result.biggestChanges()).isEmpty();
            assertThat(result.matrix()).allMatch(cell -> cell.from().equals(cell.to()));
            assertThat(result.matrix().stream()
                            .mapToLong(RehearsalResult.MatrixCell::incidents)
                            .sum())
                    .isEqualTo(incidents);
            assertThat(result.tasks()).isNotEmpty().allMatch(task -> task.before() == task.after());
            assertThat(result.commandCentres()).isNotEmpty().allMatch(centre -> centre.before() == centre.after());
        }
        RehearsalResult correlation = rehearse(PolicyKind.CORRELATION, 1);
        assertThat(correlation.changedIncidents()).isZero();
        assertThat(correlation.correlation().reports()).isEqualTo(REPORTS);
        assertThat(correlation.correlation().moved()).isZero();
        assertThat(correlation.correlation().incidentsAfter()).isEqualTo(incidents);
        assertThat(correlation.matrix().stream()
                        .mapToLong(RehearsalResult.MatrixCell::incidents)
                        .sum())
                .isEqualTo(incidents);
    }

    @Test
    void one_moved_threshold_changes_exactly_the_incidents_that_sql_computes_beside_it() {
        aFewDays(REPORTS);
        int version = candidate(PolicyKind.GRADING, """
                jsonb_set(document, '{axes,0,thresholds,III}', '25')
                """);
        Set<UUID> bySql = new TreeSet<>(ADMINISTRATOR.sql("""
                        select id from dispatch.incident
                        where category = 'NATURAL_DISASTER' and people_affected >= 25 and people_affected < 100
                          and not exists (select from json_array_elements(grade -> 'axes') a
                                          where a ->> 'axis' not in ('KEY_PLACE', 'CORROBORATION') and a ->> 'level' <> 'IV')
                          and (corroborated or key_places = 0)
                        """).query(UUID.class).list());
        assertThat(bySql).hasSizeGreaterThan(40);

        Set<UUID> changed = new ConcurrentSkipListSet<>();
        ReplayIncident replay = new ReplayIncident(
                new PostgresPolicyHistory(jdbc)
                        .findCandidate(PolicyKind.GRADING, version)
                        .orElseThrow(),
                new PostgresPolicyHistory(jdbc));
        storedIncidents.read(always(), 2, () -> visitor(replay, changed), new Course());

        assertThat(changed).isEqualTo(bySql);
        RehearsalResult result = rehearse(PolicyKind.GRADING, version);
        assertThat(result.changedIncidents()).isEqualTo(bySql.size());
        assertThat(result.matrix().stream()
                        .filter(cell -> !cell.from().equals(cell.to()))
                        .mapToLong(RehearsalResult.MatrixCell::incidents)
                        .sum())
                .isEqualTo(bySql.size());
        assertThat(result.biggestChanges()).hasSizeLessThanOrEqualTo(100).allSatisfy(change -> {
            assertThat(change.before().record().policyVersion()).isEqualTo(1);
            assertThat(change.after().record().policyVersion()).isEqualTo(version);
            assertThat(change.after().record().level().name())
                    .isEqualTo(change.after().level());
            assertThat(change.number()).matches("\\d{8}-\\d{6}");
            assertThat(bySql).contains(change.incidentId());
        });
        assertThat(result.biggestChanges().stream().map(RehearsalResult.Change::levelsJumped))
                .isSortedAccordingTo((one, other) -> other - one);
        assertThat(MessageJson.MAPPER.writeValueAsString(result)).doesNotContain("worker-");
    }

    @Test
    void a_routing_table_that_commands_higher_moves_the_load_up_the_chain() {
        aFewDays(1_000);
        int version = candidate(PolicyKind.ROUTING, """
                jsonb_set(jsonb_set(document, '{rules,IV,commandingTier}', '"CITY"'),
                          '{rules,IV,tasks,0}', '{"tier": "CITY", "role": "COMMAND", "acknowledgeMinutes": 15}')
                """);
        long lifted =
                count("select count(*) from dispatch.incident where level = 'IV' and length(commanding_unit) > 2");
        assertThat(lifted).isGreaterThan(100);

        RehearsalResult result = rehearse(PolicyKind.ROUTING, version);

        assertThat(result.commandMatrix().stream()
                        .filter(cell ->
                                cell.from().equals("DISTRICT") && cell.to().equals("CITY"))
                        .mapToLong(RehearsalResult.MatrixCell::incidents)
                        .sum())
                .isEqualTo(lifted);
        RehearsalResult.CentreLoad city = result.commandCentres().getFirst();
        assertThat(city.unit()).isEqualTo("50");
        assertThat(city.after() - city.before()).isEqualTo(lifted);
        assertThat(result.matrix()).allMatch(cell -> cell.from().equals(cell.to()));
    }

    @Test
    void what_was_decided_before_inputs_were_kept_is_named_and_left_out() {
        aFewDays(600);
        long before = ADMINISTRATOR
                .sql("update dispatch.incident set key_places = null, people_estimated = null, "
                        + "grade = (grade::jsonb - 'inputs')::json where level = 'IV'")
                .update();
        long incidents = count("select count(*) from dispatch.incident");

        RehearsalResult result = rehearse(PolicyKind.GRADING, 1);

        assertThat(result.notReplayable())
                .containsExactly(new RehearsalResult.ReasonCount(NotReplayable.NO_INPUTS, before));
        assertThat(result.replayed()).isEqualTo(incidents - before);
        assertThat(rehearse(PolicyKind.ROUTING, 1).replayed()).isEqualTo(incidents);
    }

    @Test
    void a_level_that_was_held_is_replayed_from_the_record_that_it_was_reached_by() {
        process(report().inGrid(2).radius(50).people(20));
        assertThat(one("select level from dispatch.incident")).containsEntry("level", "III");
        // The school has gone since: what the columns say now gives IV, but nothing is lowered without a person.
        ADMINISTRATOR.sql("update dispatch.incident set key_places = 0").update();

        RehearsalResult result = rehearse(PolicyKind.GRADING, 1);

        assertThat(result.replayed()).isEqualTo(1);
        assertThat(result.changedIncidents()).isZero();
        assertThat(result.notReplayable()).isEmpty();
    }

    @Test
    void a_candidate_without_a_rule_fails_visibly_and_not_silently() {
        aFewDays(600);
        int version = candidate(PolicyKind.ROUTING, "document #- '{rules,IV}'");
        long ordinary = count("select count(*) from dispatch.incident where level = 'IV'");

        RehearsalResult result = rehearse(PolicyKind.ROUTING, version);

        assertThat(result.notReplayable())
                .containsExactly(new RehearsalResult.ReasonCount(NotReplayable.RULE_FAILED, ordinary));
        assertThat(result.failures()).anyMatch(failure -> failure.contains("no rule for IV"));
    }

    @Test
    void types_that_would_go_together_are_one_incident_and_types_that_would_not_are_two() {
        int together = candidate(PolicyKind.CORRELATION, """
                jsonb_set(document, '{goesTogether}', '[["fire.building", "gas.leak"]]')
                """);
        process(report().type("gas.leak").inGrid(4).people(90));
        process(report().type("fire.building").inGrid(4).people(150));
        process(report().type("city.litter").inGrid(9));
        assertThat(count("select count(*) from dispatch.incident")).isEqualTo(3);

        RehearsalResult merged = rehearse(PolicyKind.CORRELATION, together);

        assertThat(merged.correlation()).isEqualTo(new RehearsalResult.CorrelationFindings(3, 0, 3, 2, 1, 1, 0, 1, 1));
        assertThat(merged.changedIncidents()).isEqualTo(2);
        assertThat(merged.biggestChanges())
                .extracting(RehearsalResult.Change::what)
                .containsExactlyInAnyOrder("MERGED_MORE", "OTHER_REPORTS");
        assertThat(merged.matrix())
                .contains(
                        new RehearsalResult.MatrixCell("IV", "III", 1), new RehearsalResult.MatrixCell("R1", "R1", 1));

        ADMINISTRATOR
                .sql("update dispatch.policy set status = 'EFFECTIVE', effective_from = now() where version > 1")
                .update();
        policies.refresh();
        begin_with_an_empty_store();
        process(report().type("gas.leak").inGrid(4).people(90));
        process(report().type("fire.building").inGrid(4).people(150));
        assertThat(count("select count(*) from dispatch.incident")).isEqualTo(1);

        RehearsalResult split = rehearse(PolicyKind.CORRELATION, 1);

        assertThat(split.correlation()).isEqualTo(new RehearsalResult.CorrelationFindings(2, 0, 1, 2, 1, 0, 1, 1, 1));
        assertThat(rehearse(PolicyKind.CORRELATION, together).changedIncidents())
                .isZero();
    }

    @Test
    void only_the_incidents_of_the_period_are_replayed() {
        Instant noon = Instant.now().truncatedTo(ChronoUnit.HOURS);
        process(report().receivedAt(noon.minus(3, ChronoUnit.HOURS)).inGrid(1));
        process(report().receivedAt(noon.minus(2, ChronoUnit.HOURS)).inGrid(1));
        process(report().receivedAt(noon.minus(1, ChronoUnit.HOURS)).inGrid(1));
        Period period = new Period(noon.minus(150, ChronoUnit.MINUTES), noon.minus(1, ChronoUnit.HOURS));

        assertThat(rehearse(PolicyKind.GRADING, 1, period).replayed()).isEqualTo(1);
        assertThat(rehearse(PolicyKind.CORRELATION, 1, period).replayed()).isEqualTo(1);
    }

    @Test
    void reading_history_draws_no_transaction_id_and_waits_for_no_lock_of_the_pipeline() {
        aFewDays(600);
        AtomicLong drawn = new AtomicLong(-1);
        Set<UUID> seen = new ConcurrentSkipListSet<>();
        ReplayIncident replay = new ReplayIncident(
                new PostgresPolicyHistory(jdbc)
                        .findCandidate(PolicyKind.GRADING, 1)
                        .orElseThrow(),
                new PostgresPolicyHistory(jdbc));
        storedIncidents.read(
                always(),
                2,
                () -> new PostgresStoredIncidents.Visitor() {
                    @Override
                    public boolean needsRecord(StoredIncident incident) {
                        return replay.needsRecord(incident);
                    }

                    @Override
                    public void visit(StoredIncident incident, @Nullable GradeRecord record) {
                        seen.add(incident.id());
                        drawn.compareAndSet(-1, count("""
                                select count(*) from pg_stat_activity a
                                where datname = current_database() and usename = 'city_brain_dispatch'
                                  and query ilike '%copy%' and (backend_xid is not null
                                      or exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory'))
                                """));
                    }
                },
                new Course());

        assertThat(drawn).hasValue(0);
        assertThat((long) seen.size()).isEqualTo(count("select count(*) from dispatch.incident"));
    }

    @Test
    void a_draft_that_was_rehearsed_is_rehearsed_unless_it_was_changed_meanwhile() throws Exception {
        aFewDays(600);
        int version = candidate(PolicyKind.GRADING, "jsonb_set(document, '{axes,0,thresholds,III}', '60')");

        UUID id = begin("grading", version, 202);
        JsonNode done = ended(id, "DONE");

        assertThat(done.path("replayed").asLong()).isEqualTo(count("select count(*) from dispatch.incident"));
        assertThat(one("select status from dispatch.policy where kind = 'grading' and version = " + version))
                .containsEntry("status", "REHEARSED");
        assertThat(one("select progress, asked_by, cancel_asked_by is null as calm from dispatch.rehearsal"))
                .containsEntry("progress", 1.0)
                .containsEntry("asked_by", "person:analyst")
                .containsEntry("calm", true);
        assertThat(count("select count(*) from audit.line where action = 'rehearsal.begin' and object = '" + id + "'"))
                .isEqualTo(1);
        assertThat(one("select status from dispatch.policy where kind = 'grading' and version = 1"))
                .containsEntry("status", "EFFECTIVE");
    }

    @Test
    void a_rehearsal_that_has_shown_nothing_or_a_failing_rule_makes_no_draft_rehearsed() throws Exception {
        aFewDays(600);
        int failing = candidate(PolicyKind.ROUTING, "document #- '{rules,IV}'");
        JsonNode failed = ended(begin("routing", failing, 202), "DONE");
        assertThat(failed.path("notes").toString()).contains("does not count as rehearsed by this: rules of it failed");
        assertThat(one("select status from dispatch.policy where kind = 'routing' and version = " + failing))
                .containsEntry("status", "DRAFT");

        int version = candidate(PolicyKind.GRADING, "document");
        String nothing = "{\"kind\": \"grading\", \"version\": " + version
                + ", \"from\": \"2020-01-01T00:00:00Z\", \"to\": \"2020-02-01T00:00:00Z\"}";
        UUID empty = UUID.fromString(post("", nothing, 202).path("id").asString());
        assertThat(ended(empty, "DONE").path("notes").toString()).contains("nothing was decided again");
        assertThat(one("select status from dispatch.policy where kind = 'grading' and version = " + version))
                .containsEntry("status", "DRAFT");

        // Where there is no history at all, all of it is enough.
        begin_with_an_empty_store();
        ended(begin("grading", version, 202), "DONE");
        assertThat(one("select status from dispatch.policy where kind = 'grading' and version = " + version))
                .containsEntry("status", "REHEARSED");
    }

    @Test
    void a_routing_table_with_other_departments_shows_which_have_more_and_fewer_tasks() {
        SquareCity.addDepartment(DATABASE.administratorDataSource(), "fire-west", "500103");
        SquareCity.addArea(
                DATABASE.administratorDataSource(),
                "area-west",
                "fire-west",
                0,
                7,
                "fire.building",
                Instant.EPOCH,
                null);
        currentMap.renew();
        process(report().type("fire.building").inGrid(1).people(10));
        process(report().type("fire.building").inGrid(4).people(20));
        process(report().type("fire.building").inGrid(7).people(200));
        process(report().type("fire.building").inGrid(12).people(10));
        int version = candidate(PolicyKind.ROUTING, "jsonb_set(document, '{rules,IV,departments}', '[\"DISTRICT\"]')");

        RehearsalResult result = rehearse(PolicyKind.ROUTING, version);

        assertThat(result.departments()).singleElement().satisfies(department -> {
            assertThat(department.code()).isEqualTo("fire-west");
            assertThat(department.before()).as("that of level III").isEqualTo(1);
            assertThat(department.after()).as("and two of level IV in its area").isEqualTo(3);
        });
        assertThat(result.changedIncidents()).isEqualTo(2);
        assertThat(rehearse(PolicyKind.ROUTING, 1).departments())
                .allMatch(department -> department.before() == department.after());
    }

    @Test
    void what_cannot_be_rehearsed_is_refused_with_its_reason() throws Exception {
        assertThat(problem("{\"kind\": \"grading\", \"version\": 77}", 404)).isEqualTo("NOT_FOUND");
        assertThat(problem("{\"kind\": \"weather\", \"version\": 1}", 400)).isEqualTo("BAD_BODY");
        assertThat(problem("{\"kind\": \"grading\"}", 400)).isEqualTo("BAD_BODY");
        assertThat(problem(
                        "{\"kind\": \"grading\", \"version\": 1, \"from\": \"2026-02-01T00:00:00Z\", \"to\": \"2026-01-01T00:00:00Z\"}",
                        400))
                .isEqualTo("BAD_BODY");
        int version = candidate(PolicyKind.GRADING, "'{\"axes\": \"none\"}'::jsonb");
        assertThat(problem("{\"kind\": \"grading\", \"version\": " + version + "}", 409))
                .isEqualTo("POLICY_UNREADABLE");
        assertThat(post("/" + UUID.randomUUID() + "/cancel", "{}", 404)
                        .path("reason")
                        .asString())
                .isEqualTo("NOT_FOUND");
        assertThat(count("select count(*) from dispatch.rehearsal")).isZero();
        assertThat(count("select count(*) from audit.line where action = 'rehearsal' and result = 'REFUSED:NOT_FOUND'"))
                .isEqualTo(2);
    }

    @Test
    void a_rehearsal_of_an_instance_that_is_gone_counts_as_failed_and_one_that_has_ended_cannot_be_cancelled()
            throws Exception {
        UUID id = UUID.randomUUID();
        ADMINISTRATOR.sql("""
                        insert into dispatch.rehearsal (id, kind, version, document_digest, to_time, status, asked_by, asked_at,
                                                        heartbeat_at, instance)
                        values (:id, 'grading', 1, 'x', now(), 'RUNNING', 'person:analyst', now(), now() - interval '1 minute', 'gone')
                        """).param("id", id).update();

        ended(id, "FAILED");

        assertThat(one("select failure from dispatch.rehearsal").get("failure").toString())
                .startsWith("the instance that ran it is gone");
        assertThat(post("/" + id + "/cancel", "{}", 409).path("reason").asString())
                .isEqualTo("REHEARSAL_ENDED");
    }

    @Test
    void one_that_is_cancelled_through_another_instance_ends_as_cancelled() throws Exception {
        aFewDays(1_000);
        // One after the other: while the first runs, the others wait, and are cancelled by the row alone.
        List<UUID> begun = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            begun.add(begin("correlation", 1, 202));
        }
        UUID last = begun.getLast();
        int asked = ADMINISTRATOR
                .sql(
                        "update dispatch.rehearsal set cancel_asked_by = 'person:other' where id = :id and status = 'RUNNING'")
                .param("id", last)
                .update();

        for (UUID id : begun) {
            String status = endedAnyhow(id);
            assertThat(status).isIn("DONE", "CANCELLED");
        }
        assertThat(asked).isBetween(0, 1);
        assertThat(count("select count(*) from dispatch.rehearsal where result is not null"))
                .isEqualTo(count("select count(*) from dispatch.rehearsal where status = 'DONE'"));
    }

    @Test
    void a_course_that_is_cancelled_stops_at_the_next_incident() {
        aFewDays(600);
        Course course = new Course();
        AtomicLong visited = new AtomicLong();

        assertThatThrownBy(() -> storedIncidents.read(
                        always(),
                        1,
                        () -> new PostgresStoredIncidents.Visitor() {
                            @Override
                            public boolean needsRecord(StoredIncident incident) {
                                return false;
                            }

                            @Override
                            public void visit(StoredIncident incident, @Nullable GradeRecord record) {
                                if (visited.incrementAndGet() == 10) {
                                    course.cancel();
                                }
                            }
                        },
                        course))
                .isInstanceOf(RehearsalCancelled.class);

        assertThat(visited).hasValue(10);
        // The connection that was cut off in the middle of a COPY is fit for use again.
        assertThat(rehearse(PolicyKind.GRADING, 1).changedIncidents()).isZero();
        course.cancel();
        assertThatThrownBy(() -> rehearseCorrelation.rehearse(
                        new PostgresPolicyHistory(jdbc)
                                .findCandidate(PolicyKind.CORRELATION, 1)
                                .orElseThrow(),
                        new PostgresPolicyHistory(jdbc),
                        always(),
                        course))
                .isInstanceOf(RehearsalCancelled.class);
    }

    private RehearsalResult rehearse(PolicyKind kind, int version) {
        return rehearse(kind, version, always());
    }

    private RehearsalResult rehearse(PolicyKind kind, int version, Period period) {
        PostgresPolicyHistory history = new PostgresPolicyHistory(jdbc);
        Candidate candidate = history.findCandidate(kind, version).orElseThrow();
        return kind == PolicyKind.CORRELATION
                ? rehearseCorrelation.rehearse(candidate, history, period, new Course())
                : rehearseIncidents.rehearse(candidate, history, period, new Course());
    }

    private static Period always() {
        return new Period(null, Instant.now().plusSeconds(60));
    }

    private static PostgresStoredIncidents.Visitor visitor(ReplayIncident replay, Set<UUID> changed) {
        return new PostgresStoredIncidents.Visitor() {
            @Override
            public boolean needsRecord(StoredIncident incident) {
                return replay.needsRecord(incident);
            }

            @Override
            public void visit(StoredIncident incident, @Nullable GradeRecord record) {
                Replayed replayed = replay.replay(incident, record).replayed();
                if (replayed != null && replayed.isChanged()) {
                    changed.add(incident.id());
                }
            }
        };
    }

    /** A draft made out of version 1 by an SQL expression. */
    private static int candidate(PolicyKind kind, String document) {
        return ADMINISTRATOR
                .sql("insert into dispatch.policy (kind, version, status, document, created_at, note) "
                        + "select kind, 2, 'DRAFT', " + document + ", now(), 'a candidate' "
                        + "from dispatch.policy where kind = :kind and version = 1 returning version")
                .param("kind", kind.key())
                .query(Integer.class)
                .single();
    }

    /** Reports of all types and sources, many of them near each other, some with a footprint, some with nothing. */
    private void aFewDays(int reports) {
        Random random = new Random(20_261_129);
        List<String> types = SeededPolicies.typeCodes();
        Instant from = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofHours(60));
        List<ReportBuilder> all = new ArrayList<>();
        for (int i = 0; i < reports; i++) {
            Instant at = from.plusMillis(i * Duration.ofHours(59).toMillis() / reports);
            ReportBuilder builder = report().receivedAt(at)
                    .type(types.get(random.nextInt(types.size())))
                    .at(
                            SquareCity.WEST + random.nextDouble() * 16 * SquareCity.SIDE,
                            SquareCity.SOUTH + random.nextDouble() * SquareCity.SIDE);
            switch (random.nextInt(3)) {
                case 0 -> builder.from(SourceKind.SENSOR, "gw-" + random.nextInt(3));
                case 1 -> builder.from(SourceKind.CITIZEN, "citizen-" + random.nextInt(50));
                default -> builder.from(SourceKind.GRID_WORKER, "worker-" + random.nextInt(20));
            }
            if (random.nextInt(3) > 0) {
                builder.people((long) Math.exp(random.nextDouble() * 9.5));
            }
            if (random.nextInt(3) == 0) {
                builder.radius(20 + random.nextInt(700));
            }
            if (random.nextInt(20) == 0) {
                builder.deaths(random.nextInt(40));
            }
            if (random.nextInt(20) == 0) {
                builder.lossYuan(random.nextInt(120_000_000));
            }
            all.add(builder);
        }
        for (int i = 0; i < reports; i += BATCH) {
            process(all.subList(i, Math.min(i + BATCH, reports)).toArray(ReportBuilder[]::new));
        }
        assertThat(count("select count(*) from dispatch.parked_report")).isZero();
    }

    private void process(ReportBuilder... builders) {
        List<ConsumedReport> batch = new ArrayList<>();
        for (ReportBuilder builder : builders) {
            batch.add(readReports.read(builder.polled(0, nextOffset++)));
        }
        pipeline.process(batch);
    }

    private UUID begin(String kind, int version, int status) throws Exception {
        return UUID.fromString(post("", "{\"kind\": \"" + kind + "\", \"version\": " + version + "}", status)
                .path("id")
                .asString());
    }

    private String problem(String body, int status) throws Exception {
        JsonNode problem = post("", body, status);
        assertThat(problem.path("detail").asString()).contains("expected");
        assertThat(problem.hasNonNull("value") && problem.hasNonNull("expected"))
                .isTrue();
        return problem.path("reason").asString();
    }

    private JsonNode ended(UUID id, String status) {
        assertThat(endedAnyhow(id))
                .as("%s", one("select failure from dispatch.rehearsal where id = '" + id + "'"))
                .isEqualTo(status);
        String result = (String) one("select result::text as result from dispatch.rehearsal where id = '" + id + "'")
                .get("result");
        return MessageJson.MAPPER.readTree(result == null ? "{}" : result);
    }

    private static String endedAnyhow(UUID id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> (String) one("select status from dispatch.rehearsal where id = '" + id + "'")
                                .get("status"),
                        status -> !status.equals("RUNNING"));
    }

    private JsonNode post(String path, String body, int status) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/rehearsals" + path))
                            .header("Content-Type", "application/json")
                            .header(
                                    "Authorization",
                                    "Bearer " + Infrastructure.shared().issuer().token("analyst", "50", "ANALYST"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return MessageJson.MAPPER.readTree(response.body());
        }
    }

    private static Map<String, Object> one(String sql) {
        return ADMINISTRATOR.sql(sql).query().singleRow();
    }

    private static long count(String sql) {
        return ADMINISTRATOR.sql(sql).query(Long.class).single();
    }
}
