package org.citybrain.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.citybrain.messages.CheckInStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckInMovesTest {

    @ParameterizedTest
    @CsvSource({
        "SUMMONED, check-in, CHECKED_IN",
        "SUMMONED, serve,",
        "SUMMONED, rate,",
        "CHECKED_IN, check-in,",
        "CHECKED_IN, serve, SERVED",
        "CHECKED_IN, rate, RATED",
        "SERVED, check-in,",
        "SERVED, serve,",
        "SERVED, rate, RATED",
        "RATED, check-in,",
        "RATED, serve,",
        "RATED, rate,",
        "ABSENT, check-in,",
        "ABSENT, serve,",
        "ABSENT, rate,",
        "RELEASED, check-in,",
        "RELEASED, serve,",
        "RELEASED, rate,"
    })
    void each_command_in_each_status_leads_where_the_table_says_or_is_refused(
            CheckInStatus status, String path, CheckInStatus next) {
        CommandName command = CommandName.find(SubjectKind.CHECK_IN, path).orElseThrow();

        assertThat(CheckInMoves.next(status, command).orElse(null)).isEqualTo(next);
        assertThat(CheckInMoves.allowed(status).contains(command)).isEqualTo(next != null);
    }

    @ParameterizedTest
    @EnumSource(CheckInStatus.class)
    void what_has_ended_allows_nothing_and_what_has_not_allows_something(CheckInStatus status) {
        assertThat(CheckInMoves.allowed(status).isEmpty()).isEqualTo(status.isEnded());
    }

    @Test
    void no_command_on_anything_else_is_in_the_table() {
        List<CommandName> others = Arrays.stream(CommandName.values())
                .filter(command -> command.subject() != SubjectKind.CHECK_IN)
                .toList();

        for (CheckInStatus status : CheckInStatus.values()) {
            assertThat(CheckInMoves.allowed(status)).doesNotContainAnyElementsOf(others);
        }
    }
}
