package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From dispatch to verified closing, and back. */
class ClosedLoopTest extends CommandsOverHttp {

    private static final String GRID = "500103001001001";
    private static final String STREET_OPERATOR = person("street-operator", "500103001", "OPERATOR");
    private static final String COMMUNITY_OPERATOR = person("community-operator", "500103001001", "OPERATOR");
    private static final String OTHER_WORKER = person("worker-there", "500103001001002", "GRID_WORKER");
    private static final String STREET_OF_BOTH = person("operator-of-both", "500103002", "OPERATOR");
    private static final String DEPARTMENT = person("department", "500103", "DEPARTMENT");

    @Test
    void an_incident_is_carried_from_dispatch_to_verified_closing_and_every_move_is_told() throws Exception {
        UUID incident = open(report().people(20));
        UUID task = task(incident, GRID);

        assertThat(on(WORKER, task, "acknowledge", 1, "{}").status()).isEqualTo(200);
        assertThat(row(incident)).containsEntry("status", "ACKNOWLEDGED").containsEntry("version", 2);
        Answer started = on(WORKER, task, "start", 2, "{}");
        assertThat(started.status()).as(started.text()).isEqualTo(200);
        assertThat(started.header("ETag")).isEqualTo("\"3\"");
        assertThat(started.json().at("/task/status").asString()).isEqualTo("IN_PROGRESS");
        assertThat(started.json().at("/task/changedBy").asString()).isEqualTo("person:grid-worker");
        assertThat(started.json().at("/incident/status").asString()).isEqualTo("IN_PROGRESS");
        on(WORKER, task, "arrive", 3, EveryMoveTest.taskBody(CommandName.ARRIVE));
        assertThat(on(
                                WORKER,
                                task,
                                "report-back",
                                4,
                                "{\"text\": \"pumped dry\", \"evidence\": [{\"sha256\": \"" + "ab".repeat(32)
                                        + "\", \"mediaType\": \"image/jpeg\"}]}")
                        .status())
                .isEqualTo(200);
        assertThat(command(DISTRICT, incident, "contain", "{}").status()).isEqualTo(200);
        assertThat(command(DISTRICT, incident, "resolve", "{}").status()).isEqualTo(200);
        assertThat(command(COMMUNITY_OPERATOR, incident, "verify", "{\"reason\": \"the road is dry\"}")
                        .status())
                .isEqualTo(200);
        Answer closed = command(DISTRICT, incident, "close", "{}");
        assertThat(closed.status()).as(closed.text()).isEqualTo(200);

        assertThat(row(incident)).containsEntry("status", "CLOSED");
        assertThat(all("select distinct status from dispatch.task")).containsExactly("COMPLETED");
        assertThat(timeline(incident))
                .containsExactly(
                        "OPENED 1 rule:correlation@1",
                        "GRADED 1 rule:grading@1",
                        "DISPATCHED 1 rule:routing@1",
                        "ACKNOWLEDGED 2 person:grid-worker",
                        "STARTED 3 person:grid-worker",
                        "ARRIVED 3 person:grid-worker",
                        "REPORTED_BACK 3 person:grid-worker",
                        "CONTAINED 4 person:district-operator",
                        "RESOLVED 5 person:district-operator",
                        "VERIFIED 6 person:community-operator",
                        "CLOSED 7 person:district-operator",
                        "COMPLETED 7 person:district-operator");
        assertThat(all("select status_before || ' ' || status_after from dispatch.incident_event"
                        + " where kind in ('ACKNOWLEDGED', 'STARTED', 'ARRIVED', 'CLOSED') order by sequence"))
                .containsExactly(
                        "DISPATCHED ACKNOWLEDGED",
                        "ACKNOWLEDGED IN_PROGRESS",
                        "IN_PROGRESS IN_PROGRESS",
                        "VERIFIED CLOSED");
        assertThat(
                        one(
                                "select detail -> 'tasks' -> 0 ->> 'status' as status, detail -> 'evidence' -> 0 ->> 'mediaType' as type,"
                                        + " detail ->> 'text' as text from dispatch.incident_event where kind = 'REPORTED_BACK'"))
                .isEqualTo(Map.of("status", "REPORTED_BACK", "type", "image/jpeg", "text", "pumped dry"));
        assertThat(all("select action || ' ' || actor from audit.line where object in ('" + task + "', '" + incident
                        + "') order by sequence"))
                .contains("task.acknowledge grid-worker", "incident.close district-operator");
    }

    @Test
    void nobody_verifies_what_they_have_worked_on_until_it_was_opened_again() throws Exception {
        UUID incident = open(report().people(20));
        on(WORKER, task(incident, GRID), "acknowledge", 1, "{}");
        command(DISTRICT, incident, "resolve", "{\"force\": true, \"reason\": \"seen\"}");

        for (String token : List.of(DISTRICT, WORKER)) {
            Answer refused = command(token, incident, "verify", "{}");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.reason()).isEqualTo("OWN_WORK");
        }
        assertThat(command(DISTRICT, incident, "verify", "{}")
                        .json()
                        .get("value")
                        .asString())
                .isEqualTo("RESOLVED");
        command(CITY, incident, "reopen", "{\"reason\": \"water again\"}");
        command(CITY, incident, "resolve", "{\"force\": true, \"reason\": \"seen\"}");
        assertThat(command(CITY, incident, "verify", "{}").reason()).isEqualTo("OWN_WORK");
        assertThat(command(WORKER, incident, "verify", "{}").status()).isEqualTo(200);
    }

    @Test
    void while_others_are_out_it_is_not_over_unless_the_person_insists() throws Exception {
        UUID incident = open(report().people(20));
        UUID task = task(incident, GRID);
        on(WORKER, task, "acknowledge", 1, "{}");

        Answer refused = command(DISTRICT, incident, "resolve", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.reason()).isEqualTo("STILL_AT_WORK");
        assertThat(refused.json().get("detail").asString()).contains(GRID + " (ACKNOWLEDGED)");
        assertThat(command(DISTRICT, incident, "resolve", "{\"force\": true}").reason())
                .isEqualTo("BAD_BODY");
        on(WORKER, task, "report-back", 2, "{\"text\": \"dry\"}");
        assertThat(command(DISTRICT, incident, "resolve", "{}").status()).isEqualTo(200);
    }

    @Test
    void what_was_closed_too_early_goes_on_and_later_reports_find_it() throws Exception {
        UUID incident = open(report().people(20).from(SourceKind.SENSOR, "gw-1"));
        resolveAndClose(incident);
        assertThat(all("select count(*)::text from dispatch.incident where closed_at is null"))
                .containsExactly("0");

        Answer answer = command(DISTRICT, incident, "reopen", "{\"reason\": \"the cellar fills again\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(row(incident)).containsEntry("status", "IN_PROGRESS");
        assertThat(tasks(incident)).contains("500103 COMMAND DISPATCHED", GRID + " EXECUTE DISPATCHED");
        assertThat(all("select distinct (acknowledge_by > now() and dispatched_at > (select max(recorded_at)"
                        + " from dispatch.incident_event where kind = 'CLOSED'))::text from dispatch.task"
                        + " where role <> 'NOTIFY'"))
                .containsExactly("true");
        assertThat(open(report().people(21)))
                .as("a later report is merged into it")
                .isEqualTo(incident);
    }

    @Test
    void what_stayed_open_when_it_was_resolved_is_dispatched_again_when_it_was_not_over() throws Exception {
        UUID incident = open(report().people(20));
        UUID task = task(incident, GRID);
        on(WORKER, task, "acknowledge", 1, "{}");
        command(DISTRICT, incident, "resolve", "{\"force\": true, \"reason\": \"seen\"}");
        ADMINISTRATOR
                .sql(
                        "update dispatch.task set resolve_by = now() - interval '1 hour', resolve_settled_for = now() - interval '1 hour'")
                .update();

        command(DISTRICT, incident, "reopen", "{\"reason\": \"water again\"}");

        assertThat(one("select status, version, resolve_by > now() as fresh, next_due_at is not null as watched"
                        + " from dispatch.task where id = '" + task + "'"))
                .isEqualTo(Map.of("status", "DISPATCHED", "version", 3, "fresh", true, "watched", true));
    }

    @ParameterizedTest
    @CsvSource({"RESOLVED", "VERIFIED"})
    void a_report_of_what_was_thought_to_be_over_reopens_it_and_asks_all_again(String over) throws Exception {
        UUID incident = open(report().people(20));
        resolve(incident);
        if (over.equals("VERIFIED")) {
            command(COMMUNITY_OPERATOR, incident, "verify", "{}");
        }
        int version = (int) row(incident).get("version");
        assertThat(row(incident)).containsEntry("status", over);

        assertThat(open(report().people(21))).isEqualTo(incident);

        assertThat(row(incident)).containsEntry("status", "IN_PROGRESS").containsEntry("version", version + 1);
        assertThat(timeline(incident))
                .endsWith(
                        "MERGED " + version + " rule:correlation@1",
                        "REOPENED " + (version + 1) + " rule:correlation@1",
                        "DISPATCHED " + (version + 1) + " rule:routing@1");
        assertThat(one("select status_before, status_after, detail ->> 'reason' as reason from dispatch.incident_event"
                        + " where kind = 'REOPENED'"))
                .isEqualTo(Map.of(
                        "status_before",
                        over,
                        "status_after",
                        "IN_PROGRESS",
                        "reason",
                        "a report of it came after it was " + over));
        assertThat(tasks(incident)).contains("500103 COMMAND DISPATCHED", GRID + " EXECUTE DISPATCHED");
        assertThat(all("select distinct (dispatched_at = changed_at and next_due_at > now())::text from dispatch.task"
                        + " where role <> 'NOTIFY'"))
                .containsExactly("true");
        process(report().people(22));
        assertThat(row(incident)).as("once").containsEntry("version", version + 1);
    }

    @Test
    void whoever_has_done_their_part_is_asked_again_when_it_grows_and_not_who_has_given_it_back() throws Exception {
        UUID incident = open(report().people(20));
        UUID street = task(incident, "500103001");
        on(STREET_OPERATOR, street, "acknowledge", 1, "{}");
        assertThat(on(STREET_OPERATOR, street, "complete", 2, "{}").status()).isEqualTo(200);
        on(WORKER, task(incident, GRID), "return", 1, "{\"reason\": \"two of us are ill\"}");
        process(report().people(25));
        assertThat(tasks(incident)).contains("500103001 COORDINATE COMPLETED");

        process(report().people(640));

        assertThat(tasks(incident))
                .contains(
                        "500103001 COORDINATE DISPATCHED",
                        "500103001001 EXECUTE DISPATCHED",
                        GRID + " EXECUTE RETURNED");
    }

    @Test
    void the_command_is_completed_by_resolving_and_in_no_other_way() throws Exception {
        UUID small = open(report().type("city.street-lamp"));
        UUID task = task(small, GRID);
        on(WORKER, task, "acknowledge", 1, "{}");

        Answer refused = on(WORKER, task, "complete", 2, "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.reason()).isEqualTo("ILLEGAL_MOVE");
        assertThat(refused.json().get("expected").asString()).startsWith("resolve");
        Answer resolved = command(WORKER, small, "resolve", "{\"reason\": \"it shines\"}");
        assertThat(resolved.status()).as(resolved.text()).isEqualTo(200);

        assertThat(tasks(small)).contains(GRID + " COMMAND COMPLETED");
        assertThat(one("select detail -> 'tasks' -> 0 ->> 'status' as status from dispatch.incident_event"
                        + " where kind = 'RESOLVED'"))
                .containsEntry("status", "COMPLETED");
        assertThat(command(WORKER, small, "verify", "{}").reason()).isEqualTo("OWN_WORK");
        assertThat(command(COMMUNITY_OPERATOR, small, "verify", "{}").status()).isEqualTo(200);
    }

    @Test
    void an_everyday_matter_that_went_up_keeps_who_executes_it() throws Exception {
        UUID small = open(report().type("city.street-lamp"));
        assertThat(command(COMMUNITY_OPERATOR, small, "escalate", "{\"reason\": \"needs a lift\"}")
                        .status())
                .isEqualTo(200);
        assertThat(tasks(small)).contains("500103001001 COMMAND DISPATCHED", GRID + " EXECUTE DISPATCHED");

        assertThat(open(report().type("city.street-lamp"))).isEqualTo(small);

        assertThat(tasks(small)).contains("500103001001 COMMAND DISPATCHED", GRID + " EXECUTE DISPATCHED");
    }

    @Test
    void ones_own_departments_are_out_like_others_until_they_report_back() throws Exception {
        UUID incident = open(report().people(20));
        ADMINISTRATOR
                .sql("update dispatch.task set status = 'REPORTED_BACK' where role = 'EXECUTE'")
                .update();
        ADMINISTRATOR
                .sql(
                        "insert into grid.department (code, name, unit_code, provenance, updated_at)"
                                + " values ('500103-fire', 'Fire brigade', '500103', 'SYNTHETIC', now()) on conflict do nothing")
                .update();
        command(DISTRICT, incident, "mobilise", "{\"reason\": \"pumps\", \"departments\": [\"500103-fire\"]}");
        on(DISTRICT, commandOf(incident), "acknowledge", 1, "{}");

        Answer refused = command(DISTRICT, incident, "resolve", "{}");

        assertThat(refused.reason()).as(refused.text()).isEqualTo("STILL_AT_WORK");
        assertThat(refused.json().get("detail").asString()).contains("500103-fire (DISPATCHED)");
    }

    @Test
    void nobody_verifies_an_incident_when_they_have_worked_on_one_that_it_was_made_of() throws Exception {
        UUID first = open(report().inGrid(0).people(20));
        UUID second = open(report().inGrid(3).people(30));
        on(WORKER, task(first, GRID), "acknowledge", 1, "{}");
        assertThat(merge(CITY, first, second).status()).isEqualTo(200);
        ADMINISTRATOR
                .sql("update dispatch.incident set status = 'RESOLVED' where id = :id")
                .param("id", second)
                .update();
        assertThat(command(WORKER, second, "verify", "{}").reason())
                .as("merged into it")
                .isEqualTo("OWN_WORK");

        UUID kept = UUID.randomUUID();
        UUID gone = UUID.randomUUID();
        UUID third = open(report().id(kept).inGrid(6).people(20));
        process(report().id(gone).inGrid(6).people(21));
        on(DISTRICT, task(third, "500103"), "acknowledge", 1, "{}");
        UUID split = split(third, gone);
        on(STREET_OF_BOTH, task(third, "500103002"), "acknowledge", 1, "{}");
        ADMINISTRATOR
                .sql("update dispatch.incident set status = 'RESOLVED' where id = :id")
                .param("id", split)
                .update();
        assertThat(command(DISTRICT, split, "verify", "{}").reason())
                .as("split from it later")
                .isEqualTo("OWN_WORK");
        assertThat(command(STREET_OF_BOTH, split, "verify", "{}").status())
                .as("has worked on the other one after they were split")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"CHECKED_IN", "SERVED"})
    void who_came_or_served_for_a_department_has_worked_on_it(String kind) throws Exception {
        UUID incident = open(report().people(20));
        ADMINISTRATOR
                .sql(
                        "insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_after,"
                                + " commanding_unit, report_count, people_affected, area_km2, detail) select id, now(), :kind, version, 'person:community-operator',"
                                + " status, commanding_unit, report_count, 0, 0, '{}' from dispatch.incident")
                .param("kind", kind)
                .update();
        ADMINISTRATOR.sql("update dispatch.incident set status = 'RESOLVED'").update();

        Answer refused = command(COMMUNITY_OPERATOR, incident, "verify", "{}");

        assertThat(refused.reason()).isEqualTo("OWN_WORK");
        assertThat(refused.json().get("value").asString()).isEqualTo(kind);
    }

    @Test
    void the_gravest_are_the_citys_to_close() throws Exception {
        UUID incident = open(report().people(640));
        ADMINISTRATOR
                .sql("update dispatch.incident set status = 'VERIFIED', commanding_unit = '500103'")
                .update();

        assertThat(command(DISTRICT, incident, "close", "{}").reason()).isEqualTo("CITY_ONLY");
        assertThat(command(CITY, incident, "close", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"street, 403", "other-worker, 404", "worker, 200", "community, 200", "district, 200", "department, 403"
    })
    void a_units_own_task_is_its_own_and_that_of_the_operators_above(String who, int status) throws Exception {
        UUID incident = open(report().people(20));
        String token = Map.of(
                        "street", person("analyst-there", "500103001", "GRID_WORKER"),
                        "other-worker", OTHER_WORKER,
                        "worker", WORKER,
                        "community", COMMUNITY_OPERATOR,
                        "district", DISTRICT,
                        "department", DEPARTMENT)
                .get(who);

        Answer answer = on(token, task(incident, GRID), "acknowledge", 1, "{}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.reason()).isEqualTo("NOT_THE_HANDLER");
        }
    }

    @Test
    void a_departments_task_is_that_of_its_people() throws Exception {
        UUID incident = open(report().people(20));
        ADMINISTRATOR
                .sql(
                        "update dispatch.task set id = (left(id::text, 24) || '000000000001')::uuid, role = 'EXECUTE', department_code = '500103-fire', department_name = 'Fire brigade'"
                                + " where unit_code = '500103'")
                .update();
        UUID task = task(incident, "500103");

        assertThat(on(person("worker-here", "500103", "GRID_WORKER"), task, "acknowledge", 1, "{}")
                        .status())
                .isEqualTo(403);
        assertThat(on(DEPARTMENT, task, "acknowledge", 1, "{}").status()).isEqualTo(200);
        Answer answer = on(DEPARTMENT, task, "return", 2, "{\"reason\": \"all crews are out\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(tasks(incident)).contains("500103 EXECUTE RETURNED", "500103 EXECUTE DISPATCHED");
    }

    @Test
    void a_task_that_is_given_back_goes_to_the_unit_above() throws Exception {
        UUID incident = open(report().people(20));
        assertThat(tasks(incident)).contains("500103001001 NOTIFY DISPATCHED");

        Answer answer = on(WORKER, task(incident, GRID), "return", 1, "{\"reason\": \"two of us are ill\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(tasks(incident)).contains(GRID + " EXECUTE RETURNED", "500103001001 EXECUTE DISPATCHED");
        assertThat(one("select acknowledge_by > now() as due, resolve_by > now() as over, changed_by from dispatch.task"
                        + " where unit_code = '500103001001'"))
                .isEqualTo(Map.of("due", true, "over", true, "changed_by", "person:grid-worker"));
        assertThat(one("select detail ->> 'to' as unit, json_array_length(detail -> 'tasks') as tasks"
                        + " from dispatch.incident_event where kind = 'RETURNED'"))
                .isEqualTo(Map.of("unit", "500103001001", "tasks", 2));

        assertThat(on(COMMUNITY_OPERATOR, task(incident, "500103001001"), "return", 2, "{\"reason\": \"no pump\"}")
                        .status())
                .isEqualTo(200);
        assertThat(tasks(incident)).contains("500103001001 EXECUTE RETURNED", "500103001 EXECUTE DISPATCHED");
        process(report().people(30));
        assertThat(tasks(incident)).contains("500103001 EXECUTE DISPATCHED");
    }

    @Test
    void who_gives_back_the_command_gives_it_to_the_unit_above_and_the_city_keeps_it() throws Exception {
        UUID small = open(report().type("city.street-lamp"));
        assertThat(row(small)).containsEntry("commanding_unit", GRID);

        assertThat(on(WORKER, task(small, GRID), "return", 1, "{\"reason\": \"needs a lift\"}")
                        .status())
                .isEqualTo(200);
        assertThat(row(small)).containsEntry("commanding_unit", "500103001001").containsEntry("version", 2);
        assertThat(tasks(small)).contains("500103001001 COMMAND DISPATCHED", GRID + " COMMAND RETURNED");

        UUID large = open(report().people(640));
        Answer refused = on(CITY, task(large, "50"), "return", 1, "{\"reason\": \"no\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.reason()).isEqualTo("NOBODY_ABOVE");
    }

    @Test
    void a_notice_is_read_and_becomes_work_when_the_incident_grows() throws Exception {
        UUID incident = open(report().people(20));
        assertThat(on(COMMUNITY_OPERATOR, task(incident, "500103001001"), "acknowledge", 1, "{}")
                        .status())
                .isEqualTo(200);
        assertThat(row(incident)).containsEntry("status", "DISPATCHED").containsEntry("version", 1);
        assertThat(tasks(incident)).contains("500103001001 NOTIFY COMPLETED");

        process(report().people(640));

        assertThat(tasks(incident)).contains("500103001001 COORDINATE DISPATCHED");
    }

    @Test
    void the_command_goes_up_one_tier_and_later_reports_leave_it_there() throws Exception {
        UUID incident = open(report().people(20));

        Answer answer = command(STREET_OPERATOR, incident, "escalate", "{\"reason\": \"too much for us\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(row(incident)).containsEntry("commanding_unit", "50").containsEntry("level", "IV");
        assertThat(tasks(incident)).contains("50 COMMAND DISPATCHED", "500103 COORDINATE DISPATCHED");
        process(report().people(25));
        assertThat(row(incident)).containsEntry("commanding_unit", "50").containsEntry("version", 2);
        assertThat(tasks(incident)).contains("50 COMMAND DISPATCHED", "500103 COORDINATE DISPATCHED");
        Answer again = command(CITY, incident, "escalate", "{\"reason\": \"more\"}");
        assertThat(again.reason()).isEqualTo("NOBODY_ABOVE");
        assertThat(one("select detail ->> 'to' as unit, detail ->> 'why' as why, detail -> 'from' ->> 0 as former"
                        + " from dispatch.incident_event where kind = 'ESCALATED'"))
                .isEqualTo(Map.of("unit", "50", "why", "too much for us", "former", "500103"));
    }

    @Test
    void support_is_asked_for_granted_from_above_and_seen_by_who_is_called() throws Exception {
        UUID incident = open(report().people(20));
        Answer asked =
                command(DISTRICT, incident, "request-support", "{\"what\": \"pumps\", \"units\": [\"500105001\"]}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        String request =
                all("select detail ->> 'request' from dispatch.incident_event where kind = 'SUPPORT_REQUESTED'")
                        .getFirst();
        String grant = "{\"request\": \"" + request + "\", \"units\": [\"500105001\"]}";

        assertThat(command(OTHER_DISTRICT, incident, "notes", "{\"text\": \"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(command(DISTRICT, incident, "grant-support", grant).reason()).isEqualTo("NOT_IN_COMMAND");
        assertThat(command(
                                CITY,
                                incident,
                                "grant-support",
                                "{\"request\": \"" + UUID.randomUUID() + "\", \"units\": [\"500105001\"]}")
                        .reason())
                .isEqualTo("BAD_BODY");
        assertThat(command(
                                CITY,
                                incident,
                                "grant-support",
                                "{\"request\": \"" + request + "\", \"units\": [\"500199\"]}")
                        .reason())
                .isEqualTo("BAD_BODY");
        Answer granted = command(CITY, incident, "grant-support", grant);
        assertThat(granted.status()).as(granted.text()).isEqualTo(200);
        assertThat(tasks(incident)).contains("500105001 EXECUTE DISPATCHED");
        assertThat(command(OTHER_DISTRICT, incident, "notes", "{\"text\": \"on our way\"}")
                        .status())
                .isEqualTo(200);
        assertThat(command(CITY, incident, "grant-support", grant).reason()).isEqualTo("ALREADY_AT_WORK");
    }

    @Test
    void the_unit_in_command_mobilises_below_itself_and_nowhere_else() throws Exception {
        UUID incident = open(report().people(20));
        ADMINISTRATOR
                .sql(
                        "insert into grid.department (code, name, unit_code, provenance, updated_at)"
                                + " values ('500103-fire', 'Fire brigade', '500103', 'SYNTHETIC', now()) on conflict do nothing")
                .update();

        assertThat(command(DISTRICT, incident, "mobilise", "{\"reason\": \"x\", \"units\": [\"500105001\"]}")
                        .reason())
                .isEqualTo("BAD_BODY");
        assertThat(command(DISTRICT, incident, "mobilise", "{\"reason\": \"x\"}")
                        .reason())
                .isEqualTo("BAD_BODY");
        Answer answer = command(
                DISTRICT,
                incident,
                "mobilise",
                "{\"reason\": \"all hands\", \"units\": [\"500103002\"], \"departments\": [\"500103-fire\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(all(
                        "select unit_code || coalesce(' ' || department_code, '') from dispatch.task where role = 'EXECUTE'"
                                + " order by 1"))
                .containsExactly("500103 500103-fire", GRID, "500103002");
    }

    @Test
    void a_unit_above_chases_and_reports_go_up_and_notes_are_kept() throws Exception {
        UUID incident = open(report().people(20));

        assertThat(command(DISTRICT, incident, "supervise", "{\"reason\": \"x\"}")
                        .reason())
                .isEqualTo("NOT_IN_COMMAND");
        assertThat(command(CITY, incident, "supervise", "{\"reason\": \"not heard of\"}")
                        .status())
                .isEqualTo(200);
        assertThat(command(CITY, incident, "supervise", "{\"reason\": \"x\", \"unit\": \"500103001001\"}")
                        .reason())
                .isEqualTo("NOT_AT_WORK");
        assertThat(command(DISTRICT, incident, "report-upward", "{\"text\": \"under control\"}")
                        .status())
                .isEqualTo(200);
        assertThat(command(
                                STREET_OPERATOR,
                                incident,
                                "situation-reports",
                                "{\"text\": \"falling\", \"peopleAffected\": 12, \"next\": \"2026-07-01T10:00:00Z\"}")
                        .status())
                .isEqualTo(200);
        assertThat(command(WORKER, incident, "notes", "{\"text\": \"the gate is locked\"}")
                        .status())
                .isEqualTo(200);
        assertThat(timeline(incident))
                .endsWith(
                        "SUPERVISED 2 person:city-operator",
                        "REPORTED_UPWARD 3 person:district-operator",
                        "SITUATION_REPORTED 3 person:street-operator",
                        "NOTED 3 person:grid-worker");
        assertThat(one("select detail ->> 'alarm' as alarm from dispatch.incident_event where kind = 'SUPERVISED'"))
                .containsEntry("alarm", "true");
    }

    @Test
    void what_is_only_told_makes_nobody_elses_command_stale_and_is_itself_decided_on_the_present() throws Exception {
        UUID incident = open(report().people(640));
        String stale = "{\"text\": \"the gate is locked\"}";
        for (String command : List.of("notes", "situation-reports")) {
            Answer told = post(DISTRICT, incident, command, UUID.randomUUID().toString(), 1, stale);
            assertThat(told.status()).as(told.text()).isEqualTo(200);
            assertThat(told.header("ETag")).isEqualTo("\"1\"");
            assertThat(told.json().at("/incident/changedBy").asString()).isEqualTo("rule:correlation@1");
        }

        assertThat(post(CITY, incident, "contain", UUID.randomUUID().toString(), 1, "{}")
                        .status())
                .as("nothing has started yet")
                .isEqualTo(409);
        assertThat(post(CITY, incident, "supervise", UUID.randomUUID().toString(), 1, WHY)
                        .status())
                .as("decided on what was read before the notes")
                .isEqualTo(200);
        for (String command : List.of("notes", "situation-reports")) {
            Answer refused = post(DISTRICT, incident, command, UUID.randomUUID().toString(), 1, stale);
            assertThat(refused.status()).isEqualTo(412);
            assertThat(refused.json().at("/incident/changedBy").asString()).isEqualTo("person:city-operator");
        }
    }

    /** A storm's reports and receipts are lines of the timeline, too. */
    @Test
    void who_brought_an_incident_to_its_version_is_found_without_reading_its_merged_reports() throws Exception {
        UUID incident = open(report().people(20));
        command(CITY, incident, "supervise", WHY);
        ADMINISTRATOR.sql("""
                        insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_after,
                            commanding_unit, report_count, people_affected, area_km2, detail)
                        select id, now(), (array['MERGED', 'NOTIFIED'])[1 + n % 2], 2, 'rule:correlation@1', status, commanding_unit,
                               n, 20, 0, '{}'
                        from dispatch.incident cross join generate_series(1, 20000) as n
                        """).update();
        ADMINISTRATOR.sql("analyze dispatch.incident_event").update();

        Answer stale = post(DISTRICT, incident, "notes", UUID.randomUUID().toString(), 1, "{\"text\": \"x\"}");

        assertThat(stale.json().at("/incident/changedBy").asString()).isEqualTo("person:city-operator");
        List<String> plan = all("explain (analyze, costs off, timing off) "
                + PostgresKnownIncidents.FIND.replace(":id", "'" + incident + "'"));
        assertThat(plan)
                .anyMatch(line -> line.matches(
                        ".*incident_event_\\d{4}_\\d{2}_incident_id_incident_version_.* e(_\\d+)? \\(actual rows=1.*"));
        assertThat(plan).as("no line of the plan reads them").noneMatch(line -> line.matches(".*rows=\\d{5,}.*"));
    }

    @Test
    void far_from_the_incident_an_arrival_is_taken_and_flagged() throws Exception {
        UUID incident = open(report().people(20).radius(100));
        UUID task = task(incident, GRID);
        on(WORKER, task, "acknowledge", 1, "{}");
        String near = "{\"location\": {\"longitude\": 106.509, \"latitude\": 29.505, \"datum\": \"WGS84\"}}";

        assertThat(on(WORKER, task, "arrive", 2, near).status()).isEqualTo(200);
        assertThat(on(WORKER, task, "arrive", 3, near.replace("106.509", "106.52"))
                        .status())
                .isEqualTo(200);
        assertThat(on(WORKER, task, "arrive", 4, near.replace("WGS84", "GCJ02")).status())
                .isEqualTo(200);
        assertThat(on(
                                WORKER,
                                task,
                                "arrive",
                                5,
                                "{\"location\": {\"longitude\": 1, \"latitude\": 91, \"datum\": \"WGS84\"}}")
                        .reason())
                .isEqualTo("BAD_BODY");
        assertThat(on(WORKER, task, "arrive", 5, near.replace("}}", "}, \"at\": \"2100-01-01T00:00:00Z\"}"))
                        .reason())
                .isEqualTo("BAD_BODY");
        assertThat(
                        all(
                                "select detail ->> 'outside' from dispatch.incident_event where kind = 'ARRIVED' order by sequence"))
                .containsExactly("false", "true", "false");
        assertThat(all("select (detail -> 'asGiven' ->> 'longitude')::text from dispatch.incident_event"
                        + " where kind = 'ARRIVED' and detail -> 'asGiven' ->> 'datum' = 'GCJ02'"))
                .containsExactly("106.509");
    }

    @Test
    void of_two_who_acknowledge_at_once_one_wins_and_the_other_is_told_who_it_was() throws Exception {
        UUID incident = open(report().people(20));
        UUID task = task(incident, GRID);

        List<Answer> answers = atOnce(List.of(
                () -> on(WORKER, task, "acknowledge", 1, "{}"),
                () -> on(COMMUNITY_OPERATOR, task, "acknowledge", 1, "{}")));

        Answer won = answers.stream().filter(a -> a.status() == 200).findFirst().orElseThrow();
        Answer lost =
                answers.stream().filter(a -> a.status() == 412).findFirst().orElseThrow();
        assertThat(lost.reason()).isEqualTo("STALE_VERSION");
        assertThat(lost.header("ETag")).isEqualTo("\"2\"");
        assertThat(lost.json().at("/task/status").asString()).isEqualTo("ACKNOWLEDGED");
        assertThat(lost.json().at("/task/changedBy")).isEqualTo(won.json().at("/task/changedBy"));
        assertThat(lost.json().at("/task/changedBy").asString())
                .isEqualTo(won == answers.getFirst() ? "person:grid-worker" : "person:community-operator");
        assertThat(timeline(incident))
                .filteredOn(line -> line.startsWith("ACKNOWLEDGED"))
                .hasSize(1);
    }

    @Test
    void a_queue_names_the_command_before_instead_of_a_version_that_it_cannot_know() throws Exception {
        UUID incident = open(report().people(20));
        UUID task = task(incident, GRID);

        assertThat(after(WORKER, task, "start", "k-2", "k-1").reason()).isEqualTo("PREVIOUS_NOT_DONE");
        assertThat(send(WORKER, "tasks", task, "acknowledge", "k-1", 1, "{}").status())
                .isEqualTo(200);
        Answer started = after(WORKER, task, "start", "k-2", "k-1");
        assertThat(started.status()).as(started.text()).isEqualTo(200);
        assertThat(after(WORKER, task, "start", "k-2", "k-1").text())
                .as("sent again")
                .isEqualTo(started.text());
        assertThat(after(DISTRICT, task, "report-back", "k-3", "k-2").reason())
                .as("another's key")
                .isEqualTo("PREVIOUS_NOT_DONE");
        on(COMMUNITY_OPERATOR, task, "report-back", 3, "{\"text\": \"by phone\"}");
        Answer stale = after(WORKER, task, "complete", "k-4", "k-2");
        assertThat(stale.status()).as("somebody else has changed it since").isEqualTo(412);
        assertThat(stale.json().at("/task/changedBy").asString()).isEqualTo("person:community-operator");
    }

    @ParameterizedTest
    @CsvSource({"acknowledge, 13", "start, 13", "report-back, 12"})
    void a_command_on_a_task_takes_few_statements(String command, int most) throws Exception {
        UUID incident = open(report().people(20));
        UUID task = task(incident, GRID);
        int version = 1;
        for (String before : List.of("acknowledge", "start", "report-back")) {
            if (before.equals(command)) {
                break;
            }
            on(WORKER, task, before, version++, "{\"text\": \"dry\"}");
        }
        ADMINISTRATOR
                .sql("select pg_stat_statements_reset()")
                .query((row, i) -> true)
                .single();

        Answer answer = on(WORKER, task, command, version, "{\"text\": \"dry\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Map<String, Object> statements = one("""
                select coalesce(sum(s.calls), 0)::integer as calls, string_agg(s.query, ';  ') as queries
                from pg_stat_statements s join pg_roles r on r.oid = s.userid join pg_database d on d.oid = s.dbid
                where r.rolname = 'city_brain_dispatch' and d.datname = current_database()
                    and s.query ~ '(dispatch\\.(task|incident|incident_event|command)\\M|audit\\.append|pg_advisory_xact_lock)'
                    and s.query not like '%relay_position%' and s.query not like '%from dispatch.incident_event%'
                """);
        assertThat((int) statements.get("calls"))
                .as("%s", statements.get("queries"))
                .isBetween(9, most);
    }

    private void resolve(UUID incident) throws Exception {
        on(WORKER, task(incident, GRID), "acknowledge", 1, "{}");
        command(DISTRICT, incident, "resolve", "{\"force\": true, \"reason\": \"seen\"}");
    }

    private static UUID commandOf(UUID incident) {
        return UUID.fromString(
                all("select id::text from dispatch.task where incident_id = '" + incident + "' and role = 'COMMAND'")
                        .getFirst());
    }

    private void resolveAndClose(UUID incident) throws Exception {
        resolve(incident);
        command(COMMUNITY_OPERATOR, incident, "verify", "{}");
        assertThat(command(DISTRICT, incident, "close", "{}").status()).isEqualTo(200);
    }

    private Answer after(String token, UUID task, String command, String key, String afterKey) throws Exception {
        return send(
                token,
                "tasks",
                task,
                command,
                Map.of("Idempotency-Key", key, "After-Key", afterKey),
                "{\"text\": \"x\"}");
    }

    private Answer on(String token, UUID task, String command, int version, String body) throws Exception {
        return send(token, "tasks", task, command, UUID.randomUUID().toString(), version, body);
    }

    private Answer command(String token, UUID incident, String command, String body) throws Exception {
        return post(
                token,
                incident,
                command,
                UUID.randomUUID().toString(),
                (int) row(incident).get("version"),
                body);
    }

    private static UUID task(UUID incident, String unit) {
        return UUID.fromString(all("select id::text from dispatch.task where incident_id = '" + incident
                        + "' and unit_code = '" + unit + "'")
                .getFirst());
    }
}
