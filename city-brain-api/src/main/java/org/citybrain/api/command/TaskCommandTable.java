package org.citybrain.api.command;

import java.util.List;
import org.citybrain.access.command.CommandName;
import org.springframework.stereotype.Component;

/** What can be commanded of tasks. */
@Component
class TaskCommandTable implements CommandTable {

    @Override
    public List<DescribedCommand> commands() {
        return List.of(
                new DescribedCommand(CommandName.ACKNOWLEDGE, "acknowledgeTask", "We know (签收)", """
                        The task is `ACKNOWLEDGED`, and the incident with its first one. A notice is `COMPLETED`: it is read, and that is \
                        all.""", MaySayWhy.class),
                new DescribedCommand(CommandName.START, "startTask", "Work begins", """
                        The task is `IN_PROGRESS`, and the incident with its first one. Also after it was reported back, where work goes on.\
                        """, MaySayWhy.class),
                new DescribedCommand(CommandName.ARRIVE, "arriveAtTask", "On the spot", """
                        The task is `IN_PROGRESS`. The place is converted as a report's is; more than 500 m from the incident's footprint \
                        it is taken, too, and flagged `outside` in the timeline.""", TaskOrders.Arrive.class),
                new DescribedCommand(
                        CommandName.REPORT_BACK,
                        "reportBackOnTask",
                        "What was found and done",
                        """
                        The task is `REPORTED_BACK`. Evidence is uploaded before, and named here by its SHA-256. Said again it adds to what \
                        was said before.""",
                        TaskOrders.ReportBack.class),
                new DescribedCommand(CommandName.COMPLETE, "completeTask", "Our part is done", """
                        The task is `COMPLETED`. The incident goes on until the unit in command resolves it, which \
                        completes the command: that cannot be completed by itself.""", MaySayWhy.class),
                new DescribedCommand(CommandName.RETURN, "returnTask", "Not ours", """
                        The task is `RETURNED`, and the unit above has it, unless that is at work on the incident anyway; a department's that of \
                        the unit that it serves. Whoever gives back the command gives it to the unit above. 409 for the city.\
                        """, MustSayWhy.class));
    }
}
