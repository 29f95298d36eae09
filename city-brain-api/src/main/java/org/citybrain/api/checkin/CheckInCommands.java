package org.citybrain.api.checkin;

import java.util.List;
import org.citybrain.access.command.CommandName;
import org.citybrain.api.command.CommandTable;
import org.citybrain.api.command.DescribedCommand;
import org.springframework.stereotype.Component;

/** The commands around a whistle, and feedback. */
@Component
class CheckInCommands implements CommandTable {

    @Override
    public List<DescribedCommand> commands() {
        return List.of(
                new DescribedCommand(
                        CommandName.WHISTLE,
                        "whistleForDepartments",
                        "Summon departments to it",
                        """
                        Each department has a check-in to make before a deadline by the policy that the incident was opened with (30 \
                        minutes; 15 at level III, 5 at I and II), or later where `checkInWithinMinutes` says so, and a task. For grid \
                        workers and operators whose unit is a grid or a street that the incident touches (else 403 `NOT_A_WHISTLER`). \
                        409 `ALREADY_SUMMONED` for a department that is summoned and not yet rated.""",
                        CheckInOrders.Whistle.class),
                new DescribedCommand(
                        CommandName.CHECK_IN_DEPARTMENT,
                        "checkInDepartment",
                        "The department is there",
                        """
                        In time by `at` or late; within 500 m of the footprint (policy default) or flagged as outside, with the distance. \
                        Its task is in progress with it. For the department that was summoned (else 403 `NOT_THE_DEPARTMENT`).""",
                        CheckInOrders.ReportPresence.class),
                new DescribedCommand(
                        CommandName.SERVE, "recordService", "What the department did", """
                        Its task is `COMPLETED` with it, and whoever whistled can rate it. For the department that was summoned.""", CheckInOrders.Serve.class),
                new DescribedCommand(
                        CommandName.RATE, "rateService", "How the department served", """
                        Its summons is at its end with it, and the department's score moves. For whoever whistled, or somebody of the \
                        same unit in the same role, never of the department itself (else 403 `NOT_THE_WHISTLER`).""", CheckInOrders.Rate.class),
                new DescribedCommand(
                        CommandName.FEEDBACK,
                        "giveFeedback",
                        "Whether it is solved",
                        """
                        Once it is resolved, verified or closed. `solved: false` reopens it. For whoever has reported it, workers of its \
                        grids, and operators on behalf of a citizen (else 403 `NOT_CONCERNED`); each person once, and once more each time \
                        that it was reopened (else 409 `ALREADY_GIVEN`).""",
                        CheckInOrders.GiveFeedback.class));
    }
}
