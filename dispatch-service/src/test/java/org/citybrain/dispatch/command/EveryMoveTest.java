package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.access.command.TaskMoves;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command in every status, for incidents and for tasks: what comes of it is what the tables say. */
class EveryMoveTest extends CommandsOverHttp {

    /** Carried out by the packages of whistle and check-in, whose tests send them. */
    private static final Set<CommandName> SENT_ELSEWHERE = EnumSet.of(CommandName.WHISTLE, CommandName.FEEDBACK);

    private static final Set<IncidentStatus> CLOSED =
            EnumSet.of(IncidentStatus.CLOSED, IncidentStatus.FALSE_ALARM, IncidentStatus.MERGED);

    @ParameterizedTest
    @EnumSource(IncidentStatus.class)
    void an_incident_goes_where_its_table_says_and_nowhere_else(IncidentStatus status) throws Exception {
        UUID other = open(report().inGrid(8));
        List<String> wrong = new ArrayList<>();
        for (CommandName command : CommandName.on(SubjectKind.INCIDENT)) {
            if (!SENT_ELSEWHERE.contains(command)) {
                UUID incident = incident();
                String body = body(command, incident, other);
                bring(incident, status);
                Answer answer =
                        post(CITY, incident, command.path(), UUID.randomUUID().toString(), version(incident), body);
                Optional<IncidentStatus> next = IncidentMoves.next(status, command);
                String came = answer.status() + " " + answer.reason() + " → "
                        + row(incident).get("status");
                String expected = next.map(to -> "200  → " + to).orElse("409 ILLEGAL_MOVE → " + status);
                if (!came.equals(expected)) {
                    wrong.add(command + ": expected " + expected + ", was " + came + ": " + answer.text());
                } else if (next.isEmpty() && !IncidentMoves.allowed(status).isEmpty()) {
                    assertThat(answer.json().get("expected").asString())
                            .contains(IncidentMoves.allowed(status).stream()
                                    .map(CommandName::path)
                                    .toList());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void a_task_goes_where_its_table_says_and_takes_its_incident_along(TaskStatus status) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (TaskRole role : List.of(TaskRole.EXECUTE, TaskRole.NOTIFY)) {
            for (CommandName command : CommandName.on(SubjectKind.TASK)) {
                UUID incident = open(report().people(20));
                UUID task = taskOf(incident, role);
                ADMINISTRATOR
                        .sql("update dispatch.task set status = :status where id = :id")
                        .param("status", status.name())
                        .param("id", task)
                        .update();
                Answer answer = send(
                        CITY, "tasks", task, command.path(), UUID.randomUUID().toString(), 1, taskBody(command));
                Optional<TaskStatus> next = TaskMoves.next(role, status, command);
                IncidentStatus after = next.isEmpty() || role == TaskRole.NOTIFY
                        ? IncidentStatus.DISPATCHED
                        : IncidentMoves.next(IncidentStatus.DISPATCHED, command).orElseThrow();
                String came = answer.status() + " " + answer.reason() + " → " + statusOf(task) + ", "
                        + row(incident).get("status");
                String expected = next.map(to -> "200  → " + to).orElse("409 ILLEGAL_MOVE → " + status) + ", " + after;
                if (!came.equals(expected)) {
                    wrong.add(role + " " + command + ": expected " + expected + ", was " + came + ": " + answer.text());
                }
                ADMINISTRATOR
                        .sql("update dispatch.incident set status = 'CLOSED', closed_at = now() where id = :id")
                        .param("id", incident)
                        .update();
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** Of two reports, so that it can be split, and not where another one is open. */
    private UUID incident() {
        ADMINISTRATOR
                .sql("update dispatch.incident set status = 'CLOSED', closed_at = now() where grid_code like '500103%'"
                        + " and closed_at is null")
                .update();
        UUID incident = open(report().people(20));
        assertThat(open(report().people(21))).isEqualTo(incident);
        return incident;
    }

    private String body(CommandName command, UUID incident, UUID other) throws Exception {
        String fields = switch (command) {
            case REGRADE -> "\"level\": \"III\"";
            case MERGE -> "\"into\": \"" + other + "\"";
            case SPLIT ->
                "\"reports\": [\""
                        + all("select report_id::text from dispatch.report where incident_id = '" + incident + "'")
                                .getFirst()
                        + "\"]";
            case REQUEST_SUPPORT -> "\"what\": \"pumps\"";
            case GRANT_SUPPORT -> "\"request\": \"" + request(incident) + "\", \"units\": [\"500105002\"]";
            case MOBILISE -> "\"units\": [\"500103002\"]";
            case RESOLVE -> "\"force\": true";
            case NOTE, REPORT_SITUATION, REPORT_UPWARD -> "\"text\": \"as it stands\"";
            default -> "";
        };
        return "{\"reason\": \"so it is\"" + (fields.isEmpty() ? "" : ", " + fields) + "}";
    }

    private String request(UUID incident) throws Exception {
        Answer answer = post(
                DISTRICT,
                incident,
                "request-support",
                UUID.randomUUID().toString(),
                version(incident),
                "{\"what\": \"pumps\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return all("select detail ->> 'request' from dispatch.incident_event where kind = 'SUPPORT_REQUESTED'"
                        + " and incident_id = '" + incident + "'")
                .getFirst();
    }

    private static void bring(UUID incident, IncidentStatus status) {
        ADMINISTRATOR
                .sql(
                        "update dispatch.incident set status = :status, closed_at = case when :closed then now() end where id = :id")
                .param("status", status.name())
                .param("closed", CLOSED.contains(status))
                .param("id", incident)
                .update();
    }

    static String taskBody(CommandName command) {
        return switch (command) {
            case ARRIVE -> "{\"location\": {\"longitude\": 106.505, \"latitude\": 29.505, \"datum\": \"WGS84\"}}";
            case REPORT_BACK -> "{\"text\": \"pumped dry\"}";
            case RETURN -> "{\"reason\": \"not ours\"}";
            default -> "{}";
        };
    }

    private static UUID taskOf(UUID incident, TaskRole role) {
        return UUID.fromString(all("select id::text from dispatch.task where incident_id = '" + incident
                        + "' and role = '" + role + "' order by length(unit_code) desc")
                .getFirst());
    }

    private static Object statusOf(UUID task) {
        return one("select status from dispatch.task where id = '" + task + "'").get("status");
    }

    private static int version(UUID incident) {
        return (int) row(incident).get("version");
    }
}
