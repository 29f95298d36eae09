package org.citybrain.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskMovesTest {

    @ParameterizedTest
    @CsvSource({
        "DISPATCHED, acknowledge return",
        "ACKNOWLEDGED, start arrive report-back complete return",
        "IN_PROGRESS, arrive report-back complete return",
        "REPORTED_BACK, start report-back complete",
        "COMPLETED, ''",
        "RETURNED, ''"
    })
    void a_status_of_work_allows_these_commands_and_no_other(TaskStatus status, String commands) {
        List<String> expected =
                Arrays.stream(commands.split(" ")).filter(c -> !c.isEmpty()).toList();

        for (TaskRole role : List.of(TaskRole.COORDINATE, TaskRole.EXECUTE)) {
            assertThat(TaskMoves.allowed(role, status).stream().map(CommandName::path))
                    .containsExactlyElementsOf(expected);
        }
        assertThat(TaskMoves.allowed(TaskRole.COMMAND, status).stream().map(CommandName::path))
                .as("the command is completed by resolving the incident")
                .containsExactlyElementsOf(
                        expected.stream().filter(c -> !c.equals("complete")).toList());
    }

    @Test
    void a_notice_is_read_and_that_is_all() {
        assertThat(TaskMoves.next(TaskRole.NOTIFY, TaskStatus.DISPATCHED, CommandName.ACKNOWLEDGE))
                .contains(TaskStatus.COMPLETED);
        for (TaskStatus status : TaskStatus.values()) {
            assertThat(TaskMoves.allowed(TaskRole.NOTIFY, status))
                    .isSubsetOf(CommandName.ACKNOWLEDGE)
                    .hasSize(status == TaskStatus.DISPATCHED || status == TaskStatus.ACKNOWLEDGED ? 1 : 0);
        }
    }

    @Test
    void whatever_moves_an_open_task_leaves_a_place_for_it_in_the_life_of_its_incident() {
        for (CommandName command : CommandName.on(SubjectKind.TASK)) {
            assertThat(Arrays.stream(IncidentStatus.values())
                            .filter(status ->
                                    IncidentMoves.next(status, command).isPresent()))
                    .as("%s", command)
                    .isNotEmpty();
        }
    }
}
