package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.PostgresKnownIncidents;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.store.PostgresBatchStore;
import org.springframework.stereotype.Component;

/** Writes what a split has come to: both incidents as the rules decide them, where the old one lies now, and whose the reports are. */
@Component
class StoreSplit {

    private final PostgresKnownIncidents incidents;
    private final DecideAnew decideAnew;
    private final PostgresBatchStore store;
    private final PostgresIncidentChanges changes;
    private final MoveReports moveReports;

    StoreSplit(
            PostgresKnownIncidents incidents,
            DecideAnew decideAnew,
            PostgresBatchStore store,
            PostgresIncidentChanges changes,
            MoveReports moveReports) {
        this.incidents = incidents;
        this.decideAnew = decideAnew;
        this.store = store;
        this.changes = changes;
        this.moveReports = moveReports;
    }

    /**
     * @param command that splits them
     * @param before the old one as it was
     * @param remaining the old one without what it has lost
     * @param gone the reports of the new one
     */
    void store(CommandCase<Split> command, Incident before, Incident remaining, Incident split, List<UUID> gone) {
        store.storeCommand(decideAnew.decide(List.of(remaining, split), command.policies(), command.now()));
        if (!remaining.place().equals(before.place())) {
            changes.relocate(remaining.id(), remaining.place());
        }
        moveReports.move(remaining.id(), incidents.get(split.id()), gone);
    }
}
