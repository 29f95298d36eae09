package org.citybrain.intake.admit;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.citybrain.messages.Datum;
import org.citybrain.messages.UnitCode;

/**
 * What a registered source may report.
 *
 * @param types codes of the item catalogue; empty means none
 * @param units the units that its places must lie in
 * @param clockTolerance how far its clock may run ahead of ours
 * @param reportsPerSecond reports a second, at each instance of event-intake
 */
public record AdmissionProfile(
        Set<String> types, Set<Datum> datums, List<UnitCode> units, Duration clockTolerance, int reportsPerSecond) {

    public AdmissionProfile {
        types = Set.copyOf(types);
        datums = Set.copyOf(datums);
        units = List.copyOf(units);
    }
}
