package org.citybrain.api.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Infrastructure;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Two districts, each with an incident of its own, and one that both share. */
class ReachTest {

    private static final Instant OPENED = Instant.parse("2026-07-15T08:30:00Z");
    private static final String HERE = "500112";
    private static final String THERE = "500103";
    private static final String GRID_HERE = "500112001001001";
    private static final String GRID_THERE = "500103001001001";
    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();
    private static final String OPERATOR_HERE = ISSUER.token("district-operator", HERE, "OPERATOR");

    private final RunningApi api = RunningApi.shared();
    private UUID here;
    private UUID there;
    private UUID both;
    private UUID taskThere;
    private final UUID report = UUID.randomUUID();

    @BeforeEach
    void store() {
        Stored stored = api.stored().nothing();
        here = stored.incident(OPENED).rest(1).grids(GRID_HERE).store();
        there = stored.incident(OPENED).rest(2).grids(GRID_THERE).store();
        both = stored.incident(OPENED).rest(3).grids(GRID_THERE, GRID_HERE).store();
        stored.task(here, GRID_HERE, "EXECUTE", "DISPATCHED", 1);
        taskThere = stored.task(there, GRID_THERE, "EXECUTE", "DISPATCHED", 2);
        stored.task(both, GRID_HERE, "EXECUTE", "DISPATCHED", 3);
        for (UUID incident : List.of(here, there, both)) {
            stored.event(incident, "OPENED", OPENED, 1, UUID.randomUUID());
        }
        stored.checkIn(there, "500103-water", "SUMMONED", OPENED);
        stored.feedback(there, OPENED);
        storeDelegationThere();
        storeRehearsal();
        storeReportThere();
        stored.parked(UUID.randomUUID(), OPENED, "PARKED", 1);
        stored.refused(UUID.randomUUID(), OPENED, "gw-1", "UNKNOWN_TYPE", 1);
    }

    @Test
    void an_operator_lists_the_incidents_of_their_own_subtree_also_those_shared_with_another() {
        assertThat(api.getAs(OPERATOR_HERE, "/v1/incidents").items("id"))
                .containsExactlyInAnyOrder(here.toString(), both.toString());
        assertThat(api.getAs(OPERATOR_HERE, "/v1/tasks").items("incidentId"))
                .containsExactlyInAnyOrder(here.toString(), both.toString());
    }

    @Test
    void anothers_incident_task_and_timeline_are_not_there() {
        for (String path :
                List.of("/v1/incidents/" + there, "/v1/incidents/" + there + "/timeline", "/v1/tasks/" + taskThere)) {
            Answer answer = api.getAs(OPERATOR_HERE, path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.reason()).isEqualTo("NOT_FOUND");
            assertThat(api.get(path).status()).as("the city sees " + path).isEqualTo(200);
        }
    }

    @Test
    void the_picture_of_an_incident_names_no_incident_near_it_that_the_reader_does_not_see() {
        api.stored()
                .jdbc()
                .sql("update dispatch.incident set picture = :picture::json where id = :id")
                .param(
                        "picture",
                        "{\"openIncidentsNear\": [{\"id\": \"%s\"}, {\"id\": \"%s\"}], \"missing\": []}"
                                .formatted(here, there))
                .param("id", both)
                .update();

        String path = "/v1/incidents/" + both;
        assertThat(api.getAs(OPERATOR_HERE, path)
                        .json()
                        .at("/picture/openIncidentsNear")
                        .toString())
                .isEqualTo("[{\"id\":\"" + here + "\"}]");
        assertThat(api.get(path).json().at("/picture/openIncidentsNear").size()).isEqualTo(2);
        assertThat(api.statementsOf(path)).isEqualTo(5);
    }

    @Test
    void rehearsals_are_seen_by_analysts_of_the_whole_city() {
        String rehearsals = "/v1/policies/grading/1/rehearsals";
        assertThat(api.getAs(ISSUER.token("analyst", "50", "ANALYST"), rehearsals)
                        .items("id"))
                .hasSize(1);
    }

    @Test
    void a_filter_for_anothers_unit_finds_only_what_is_shared() {
        assertThat(api.getAs(OPERATOR_HERE, "/v1/incidents?unit=" + THERE).items("id"))
                .containsExactly(both.toString());
    }

    @Test
    void a_worker_sees_the_own_grid() {
        String worker = ISSUER.token("grid-worker", GRID_HERE, "GRID_WORKER");

        assertThat(api.getAs(worker, "/v1/incidents").items("id"))
                .containsExactlyInAnyOrder(here.toString(), both.toString());
        assertThat(api.getAs(worker, "/v1/incidents/" + there).status()).isEqualTo(404);
    }

    @Test
    void whoever_has_no_unit_sees_nothing() {
        String nowhere = ISSUER.token("new-operator", null, "OPERATOR");

        assertThat(api.getAs(nowhere, "/v1/incidents").items("id")).isEmpty();
        assertThat(api.getAs(nowhere, "/v1/incidents/" + here).status()).isEqualTo(404);
    }

    @Test
    void a_report_is_seen_by_whoever_sent_it_and_by_whom_it_concerns() {
        String path = "/v1/reports/" + report;

        assertThat(api.getAs(ISSUER.token("worker-there", GRID_HERE, "GRID_WORKER"), path)
                        .status())
                .isEqualTo(200);
        assertThat(api.getAs(ISSUER.token("operator-there", THERE, "OPERATOR"), path)
                        .status())
                .isEqualTo(200);
        assertThat(api.getAs(ISSUER.token("worker-here", GRID_HERE, "GRID_WORKER"), path)
                        .status())
                .isEqualTo(404);
        assertThat(api.getAs(OPERATOR_HERE, path).status()).isEqualTo(404);
    }

    private void storeReportThere() {
        api.stored()
                .jdbc()
                .sql("""
                        insert into dispatch.report_key (report_id, received_at, content_digest) values (:id, :at::timestamptz, 1);
                        insert into dispatch.report (received_at, report_id, outcome, incident_id, source_kind, source_id, type,
                                                     occurred_at, location, grid_code, report)
                        values (:at::timestamptz, :id, 'OPENED', :incident, 'GRID_WORKER', 'worker-there', 'flood.waterlogging',
                                :at::timestamptz, st_point(106.5, 29.5, 4326), :grid, '{}')
                        """)
                .param("id", report)
                .param("at", OPENED.toString())
                .param("incident", there)
                .param("grid", GRID_THERE)
                .update();
    }

    private void storeDelegationThere() {
        api.stored()
                .jdbc()
                .sql("""
                        insert into dispatch.delegation (id, incident_id, grid_code, reason, budget_yuan, manual, status, requested_at,
                                                         requested_by, requested_unit)
                        values (gen_random_uuid(), :incident, :grid, 'why', 1, 'a manual', 'REQUESTED', :at::timestamptz, 'somebody', '500103')
                        """)
                .param("incident", there)
                .param("grid", GRID_THERE)
                .param("at", OPENED.toString())
                .update();
    }

    private void storeRehearsal() {
        api.stored().jdbc().sql("""
                        delete from dispatch.rehearsal;
                        insert into dispatch.rehearsal (id, kind, version, document_digest, to_time, status, asked_by, asked_at, heartbeat_at,
                                                        instance)
                        values (gen_random_uuid(), 'grading', 1, 'x', now(), 'RUNNING', 'person:analyst', now(), now(), 'one')
                        """).update();
    }

    static Stream<String> views() {
        return Stream.of(
                "dispatch.incident_view",
                "dispatch.task_view",
                "dispatch.incident_event_view",
                "dispatch.incident_decision_view",
                "dispatch.delegation_view",
                "dispatch.check_in_view",
                "dispatch.feedback_view",
                "dispatch.rehearsal_view",
                "dispatch.report_view",
                "dispatch.parked_report_view",
                "intake.refused_report_view");
    }

    /** The API's own login, its own SQL, and the 'where' forgotten. */
    @ParameterizedTest
    @MethodSource("views")
    void a_query_without_where_shows_nothing_foreign(String view) {
        String foreign = switch (view) {
            case "dispatch.incident_view" -> "not visible_to @> array['500112']";
            case "dispatch.incident_decision_view" -> "id = '" + there + "'";
            case "dispatch.task_view",
                    "dispatch.incident_event_view",
                    "dispatch.delegation_view",
                    "dispatch.check_in_view",
                    "dispatch.feedback_view" -> "incident_id = '" + there + "'";
            default -> "true";
        };
        String count = "select count(*) from " + view + " where " + foreign;

        assertThat(count("", count)).as("nobody").isZero();
        assertThat(count(HERE, count)).as("the other district").isZero();
        assertThat(count("50", count)).as("the city").isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispatch.incident", "dispatch.task", "dispatch.incident_event", "dispatch.report"})
    void the_service_that_writes_a_table_is_not_bound(String table) {
        assertThat(JdbcClient.create(api.database().dataSource(ServiceLogin.DISPATCH))
                        .sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"50", HERE, GRID_HERE})
    void a_box_is_still_found_by_its_index(String unit) {
        JdbcClient reader = reader(unit);
        reader.sql("set enable_seqscan = off").update();

        List<String> plan = reader.sql("""
                        explain select id from dispatch.incident_view
                        where location && st_makeenvelope(106.4, 29.5, 106.6, 29.6, 4326)
                        """).query(String.class).list();

        assertThat(String.join("\n", plan)).containsPattern("Index Cond: \\(location && ");
    }

    /** These two views belong to the tables' owner, so they have to leave out themselves what is another's. */
    @ParameterizedTest
    @ValueSource(strings = {"dispatch.department_log_view", "dispatch.open_check_in_view"})
    void figures_of_summons_are_those_of_the_own_subtree_or_the_own_department(String view) {
        // Whistled in a street of this district.
        String count = "select count(*) from " + view;

        assertThat(count("50", count)).as("incidents are no figures").isZero();
        assertThat(figures("", "", count)).as("nobody").isZero();
        assertThat(figures(THERE, "", count)).as("the other district").isZero();
        assertThat(figures("", "500103-fire", count)).as("another department").isZero();
        assertThat(figures("", "500103-water", count)).as("the department").isEqualTo(1);
        assertThat(figures(HERE, "", count)).as("the district").isEqualTo(1);
        assertThat(figures("50", "", count)).as("the city").isEqualTo(1);
    }

    private long figures(String aggregates, String department, String sql) {
        JdbcClient reader = reader("");
        reader.sql("select set_config('city_brain.aggregates', :aggregates, false), "
                        + "set_config('city_brain.department', :department, false)")
                .param("aggregates", aggregates)
                .param("department", department)
                .query()
                .singleRow();
        return reader.sql(sql).query(Long.class).single();
    }

    private long count(String unit, String sql) {
        return reader(unit).sql(sql).query(Long.class).single();
    }

    private JdbcClient reader(String unit) {
        JdbcClient reader = JdbcClient.create(new SingleConnectionDataSource(
                api.database().jdbcUrl(),
                ServiceLogin.API.role(),
                api.database().password(ServiceLogin.API),
                true));
        if (!unit.isEmpty()) {
            reader.sql("select set_config('city_brain.unit', :unit, false)")
                    .param("unit", unit)
                    .query()
                    .singleRow();
        }
        return reader;
    }
}
