package org.citybrain.api.command;

import java.util.List;
import org.citybrain.access.command.CommandName;
import org.springframework.stereotype.Component;

/** What can be commanded of incidents. */
@Component
class IncidentCommandTable implements CommandTable {

    @Override
    public List<DescribedCommand> commands() {
        return List.of(
                new DescribedCommand(
                        CommandName.CONFIRM, "confirmIncident", "It is so", """
                        The person corroborates the incident as their own report would: a level that waited at III now holds. Its \
                        sources are labelled `CONFIRMED`, those in `missedBy` `MISSED`.""", IncidentOrders.Confirm.class),
                new DescribedCommand(
                        CommandName.REGRADE,
                        "regradeIncident",
                        "Another level or scope than the rule gives, up or down",
                        """
                        The only way down. It holds until the rule gives more than it gave at that moment. Commander, tasks and \
                        deadlines follow.""",
                        IncidentOrders.Regrade.class),
                new DescribedCommand(
                        CommandName.MARK_FALSE, "markIncidentFalse", "There is nothing", """
                        The incident is closed as `FALSE_ALARM`, open tasks are `RETURNED`, its sources are labelled `FALSE`. A later \
                        report opens a new incident. 403 for levels I and II, unless the person is of the city.""", MustSayWhy.class),
                new DescribedCommand(
                        CommandName.MERGE,
                        "mergeIncident",
                        "It is the same as another incident",
                        """
                        Its reports, sums and units go into the other one, which is graded and routed anew and keeps at least this \
                        one's level; this one is `MERGED`, its open tasks `RETURNED`. Both have to be of types that go together, and the \
                        person in command of both.""",
                        IncidentOrders.Merge.class),
                new DescribedCommand(
                        CommandName.SPLIT,
                        "splitIncident",
                        "Some of its reports are another incident",
                        """
                        These reports become an incident of their own; both are computed anew from their reports. The old one is not \
                        lowered by what it loses.""",
                        IncidentOrders.Split.class),
                new DescribedCommand(
                        CommandName.ESCALATE,
                        "escalateIncident",
                        "The unit above takes the command",
                        """
                        The command goes up one tier. Who had it keeps its task. 409 where the city has it: it can only be supervised.\
                        """,
                        MustSayWhy.class),
                new DescribedCommand(
                        CommandName.REQUEST_SUPPORT,
                        "requestSupport",
                        "We need support",
                        """
                        The unit above the person's has a notice of it. The line `SUPPORT_REQUESTED` of the timeline names the `request`.\
                        """,
                        IncidentOrders.RequestSupport.class),
                new DescribedCommand(
                        CommandName.GRANT_SUPPORT,
                        "grantSupport",
                        "You get it",
                        """
                        Each unit and department named has a task, to execute. They belong to the subtree of whoever grants, which lies \
                        above the unit that asked; what the city asks for, the city grants.""",
                        IncidentOrders.GrantSupport.class),
                new DescribedCommand(
                        CommandName.MOBILISE,
                        "mobiliseForIncident",
                        "These are needed, too",
                        """
                        Each unit and department named, of the commanding unit's subtree, has a task, to execute.\
                        """,
                        IncidentOrders.Mobilise.class),
                new DescribedCommand(
                        CommandName.CONTAIN, "containIncident", "It does not spread any more", """
                        The incident is `CONTAINED`. Where a grid is in command, its grid worker may, too.""", MaySayWhy.class),
                new DescribedCommand(
                        CommandName.RESOLVE, "resolveIncident", "It is over", """
                        The incident is `RESOLVED`. 409 while others still execute and have not reported back: they are named; with \
                        `force` and a reason it is resolved all the same. Where a grid is in command, its grid worker may, too.\
                        """, IncidentOrders.Resolve.class),
                new DescribedCommand(
                        CommandName.VERIFY, "verifyIncident", "I have seen that it is over", """
                        The incident is `VERIFIED`. Not by whoever has acknowledged, started, arrived, reported back, completed, contained \
                        or resolved since it was opened, or opened again: 409 `OWN_WORK`.""", MaySayWhy.class),
                new DescribedCommand(CommandName.CLOSE, "closeIncident", "Closed", """
                        The incident is `CLOSED`, tasks that are still open are `COMPLETED`. Levels I and II are the city's to close.\
                        """, MaySayWhy.class),
                new DescribedCommand(CommandName.REOPEN, "reopenIncident", "It was not over", """
                        The incident is `IN_PROGRESS` again, and later reports are merged into it. The unit in command, and all who had \
                        work of it and have not given it back, are asked again, with fresh deadlines.""", MustSayWhy.class),
                new DescribedCommand(
                        CommandName.SUPERVISE,
                        "superviseIncident",
                        "Get on with it (督办)",
                        """
                        The unit named, or the one in command, is chased: an alarm, and a fresh deadline where it has not acknowledged yet. \
                        409 where it has no open work.""",
                        IncidentOrders.Supervise.class),
                new DescribedCommand(CommandName.NOTE, "noteOnIncident", "A note", """
                        It becomes a line of the timeline.""", IncidentOrders.Note.class),
                new DescribedCommand(
                        CommandName.REPORT_SITUATION,
                        "reportSituation",
                        "How it stands (续报)",
                        """
                        It becomes a line of the timeline. Its figures are told, not graded by: what is to be graded is reported as a \
                        report.""",
                        IncidentOrders.ReportSituation.class),
                new DescribedCommand(
                        CommandName.REPORT_UPWARD,
                        "reportIncidentUpward",
                        "To the unit above (报送)",
                        """
                        The unit above the one in command has a notice, where it has no task. 409 where the city is in command.\
                        """,
                        IncidentOrders.Note.class));
    }
}
