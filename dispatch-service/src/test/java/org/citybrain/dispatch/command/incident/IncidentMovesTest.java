package org.citybrain.dispatch.command.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.citybrain.messages.IncidentStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentMovesTest {

    @ParameterizedTest
    @CsvSource({
        "DISPATCHED, confirm regrade mark-false merge split",
        "ACKNOWLEDGED, confirm regrade mark-false merge split",
        "IN_PROGRESS, confirm regrade mark-false merge split",
        "CONTAINED, confirm regrade mark-false merge split",
        "RESOLVED, confirm regrade mark-false merge split",
        "VERIFIED, confirm",
        "CLOSED, ''",
        "FALSE_ALARM, ''",
        "MERGED, ''"
    })
    void a_status_allows_these_commands_and_no_other(IncidentStatus status, String commands) {
        List<String> expected =
                Arrays.stream(commands.split(" ")).filter(c -> !c.isEmpty()).toList();

        assertThat(IncidentMoves.allowed(status).stream().map(IncidentCommand::path))
                .containsExactlyElementsOf(expected);
        for (IncidentCommand command : IncidentCommand.values()) {
            assertThat(IncidentMoves.next(status, command).isPresent())
                    .as("%s in %s", command, status)
                    .isEqualTo(expected.contains(command.path()));
        }
    }

    @ParameterizedTest
    @EnumSource(IncidentCommand.class)
    void only_what_ends_an_incident_changes_its_status(IncidentCommand command) {
        for (IncidentStatus status : IncidentStatus.values()) {
            IncidentMoves.next(status, command)
                    .ifPresent(next -> assertThat(next)
                            .isIn(Set.of(
                                    command == IncidentCommand.MARK_FALSE
                                            ? IncidentStatus.FALSE_ALARM
                                            : command == IncidentCommand.MERGE ? IncidentStatus.MERGED : status)));
        }
    }
}
