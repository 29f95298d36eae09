package org.citybrain.dispatch.command.incident;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.command.CarryOutWidely;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.IncidentState;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.incident.PostgresIncidentReports.Place;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.correlate.CorrelateReports;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.Report;
import org.springframework.stereotype.Component;

/**
 * One incident is two: some of its reports become an incident of their own. Both are added up, graded and routed anew from their reports.
 * What the old one has lost does not lower it: its level holds, now as a person's, until a person regrades it. Where none of
 * its reports lies where it lies, it lies from now on where the oldest of them lies, so that each of the two takes the reports near it.
 */
@Component
class SplitIncident implements CarryOutWidely<Split> {

    private final PostgresIncidentReports reports;
    private final OpenIncidents openIncidents;
    private final DecideAnew decideAnew;
    private final StoreSplit storeSplit;

    SplitIncident(
            PostgresIncidentReports reports,
            OpenIncidents openIncidents,
            DecideAnew decideAnew,
            StoreSplit storeSplit) {
        this.reports = reports;
        this.openIncidents = openIncidents;
        this.decideAnew = decideAnew;
        this.storeSplit = storeSplit;
    }

    @Override
    public CommandName command() {
        return CommandName.SPLIT;
    }

    @Override
    public Class<Split> orders() {
        return Split.class;
    }

    /** The cells that both will be found by: nothing that comes in meanwhile looks there. */
    @Override
    public Concerned concerned(KnownIncident incident, Split order, Policies policies) {
        MoveReports.checkNumber(incident.state(), CommandName.SPLIT);
        CorrelateReports now = decideAnew.correlation(policies);
        CorrelateReports then = decideAnew.correlation(incident.policies());
        Set<UUID> taken = new HashSet<>(order.taken());
        SortedSet<Long> cells = new TreeSet<>(List.of(incident.cell()));
        boolean tookFirst = false;
        boolean leftFirst = false;
        for (Place place : reports.places(incident.state().id())) {
            boolean isTaken = taken.contains(place.reportId());
            if (isTaken && !tookFirst) {
                cells.add(now.cellOf(place.type(), place.position()));
                tookFirst = true;
            }
            if (!isTaken && !leftFirst) {
                cells.add(then.cellOf(incident.type(), place.position()));
                leftFirst = true;
            }
        }
        return new Concerned(List.of(incident.state().id()), cells);
    }

    @Override
    public UUID carryOut(CommandCase<Split> command) {
        UUID id = command.incidentId();
        List<UUID> taken = command.order().taken();
        MoveReports.checkNumber(command.before().state(), CommandName.SPLIT);
        List<ConsumedReport> all = reports.list(id);
        checkTaken(taken, all, command.before().state());
        Incident before = openIncidents.read(List.of(id)).getFirst();
        long mapVersion = before.stored() == null ? 0 : before.stored().mapVersion();
        List<LocatedReport> left = new ArrayList<>();
        List<LocatedReport> gone = new ArrayList<>();
        Set<UUID> takenIds = new HashSet<>(taken);
        for (ConsumedReport report : all) {
            LocatedReport located = decideAnew.locate(report, mapVersion);
            (takenIds.contains(report.get().reportId()) ? gone : left).add(located);
        }

        Incident split = splitOff(command, gone);
        CorrelateReports then = decideAnew.correlation(command.before().policies());
        Incident remaining = before.recounted(left, vouchers(before, all), place(before, left, then));
        then.wander(remaining, left);
        IncidentState state = command.before().state();
        List<UUID> goneIds = gone.stream().map(r -> r.received().reportId()).toList();
        remaining.decidedBy(command.word(IncidentEventKind.SPLIT)
                .telling("splitOff", split.id())
                .telling("reports", goneIds)
                .giving(new PersonsWord.Given(state.level(), state.scope(), true)));
        split.decidedBy(command.word(IncidentEventKind.OPENED)
                .about(goneIds.getFirst())
                .telling("splitFrom", id)
                .telling("splitFromNumber", state.number())
                .telling("reports", goneIds));
        storeSplit.store(command, before, remaining, split, goneIds);
        return split.id();
    }

    private Incident splitOff(CommandCase<Split> command, List<LocatedReport> gone) {
        LocatedReport first = gone.getFirst();
        UUID id = IncidentId.ofSplit(
                first.received().receivedAt(),
                first.received().reportId(),
                command.incidentId(),
                command.before().state().version());
        CorrelateReports correlation = decideAnew.correlation(command.policies());
        long cell = correlation.cellOf(first.report().type(), first.received().position());
        Incident split = Incident.splitOff(id, gone, cell);
        correlation.wander(split, gone);
        return split;
    }

    /** Those who stand for it without a report, such as a person who confirmed it. */
    private static List<String> vouchers(Incident before, List<ConsumedReport> all) {
        Set<String> reporters = all.stream()
                .map(report -> report.get().report().source())
                .map(SplitIncident::sourceKey)
                .collect(Collectors.toSet());
        return before.sources().stream().filter(s -> !reporters.contains(s)).toList();
    }

    private static String sourceKey(Report.Source source) {
        return source.kind() + ":" + source.id();
    }

    /** Where it lay, as long as one of its reports lies there. */
    private static Incident.Place place(Incident before, List<LocatedReport> left, CorrelateReports then) {
        if (left.stream().anyMatch(r -> r.received().position().equals(before.position()))) {
            return before.place();
        }
        LocatedReport first = left.getFirst();
        return new Incident.Place(
                first.received().position(),
                first.gridCode(),
                then.cellOf(before.type(), first.received().position()));
    }

    private static void checkTaken(List<UUID> taken, List<ConsumedReport> all, IncidentState state) {
        Set<UUID> known = all.stream().map(report -> report.get().reportId()).collect(Collectors.toSet());
        for (UUID report : taken) {
            if (!known.contains(report)) {
                throw CommandRefused.badBody(
                        "reports", report.toString(), "ids of reports of incident " + state.number());
            }
        }
        if (taken.size() == all.size()) {
            throw CommandRefused.badBody(
                    "reports", "all " + taken.size() + " of them", "some of its reports: at least one stays");
        }
    }
}
