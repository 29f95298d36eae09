package org.citybrain.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citybrain.messages.IncidentStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentMovesTest {

    @ParameterizedTest
    @CsvSource({
        "DISPATCHED, confirm regrade mark-false merge split escalate request-support grant-support mobilise supervise notes"
                + " situation-reports report-upward whistle",
        "CONTAINED, confirm regrade mark-false merge split escalate request-support grant-support mobilise resolve supervise"
                + " notes situation-reports report-upward whistle",
        "RESOLVED, confirm regrade merge split verify reopen supervise notes situation-reports report-upward"
                + " feedback",
        "VERIFIED, confirm close reopen supervise notes report-upward feedback",
        "CLOSED, reopen notes feedback",
        "FALSE_ALARM, ''",
        "MERGED, ''"
    })
    void a_status_allows_these_commands_and_no_other(IncidentStatus status, String commands) {
        List<String> expected =
                Arrays.stream(commands.split(" ")).filter(c -> !c.isEmpty()).toList();

        assertThat(IncidentMoves.allowed(status).stream().map(CommandName::path))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void every_command_on_an_incident_is_allowed_somewhere_and_leads_only_where_the_life_cycle_goes() {
        for (CommandName command : CommandName.on(SubjectKind.INCIDENT)) {
            Set<IncidentStatus> from = EnumSet.noneOf(IncidentStatus.class);
            Set<IncidentStatus> to = new HashSet<>();
            for (IncidentStatus status : IncidentStatus.values()) {
                IncidentMoves.next(status, command).ifPresent(next -> {
                    from.add(status);
                    to.add(next == status ? null : next);
                });
            }
            assertThat(from).as("%s", command).isNotEmpty();
            assertThat(to)
                    .as("%s leads to one status, or to none other", command)
                    .hasSize(1);
        }
    }

    @Test
    void an_incident_is_closed_only_after_somebody_has_verified_it() {
        for (IncidentStatus status : IncidentStatus.values()) {
            assertThat(IncidentMoves.next(status, CommandName.CLOSE).isPresent())
                    .as("%s", status)
                    .isEqualTo(status == IncidentStatus.VERIFIED);
            assertThat(IncidentMoves.next(status, CommandName.VERIFY).isPresent())
                    .as("%s", status)
                    .isEqualTo(status == IncidentStatus.RESOLVED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = IncidentStatus.class,
            names = {"FALSE_ALARM", "MERGED"})
    void what_never_was_or_went_on_elsewhere_is_at_its_end(IncidentStatus status) {
        assertThat(Arrays.stream(CommandName.values())
                        .filter(command -> IncidentMoves.next(status, command).isPresent()))
                .isEmpty();
    }
}
