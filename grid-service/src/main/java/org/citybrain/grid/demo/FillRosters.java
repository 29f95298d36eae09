package org.citybrain.grid.demo;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.citybrain.grid.demo.DemoPart.Duty;
import org.citybrain.grid.demo.DemoPart.DutyKind;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/**
 * Puts accounts on the rosters: at city, districts and streets three operators around the clock; in most grids two workers by
 * day and by night, in every tenth only one, by day. Communities keep no roster.
 */
final class FillRosters {

    private static final int GRIDS_PER_SINGLE_WORKER = 10;
    private static final LocalTime MIDNIGHT = LocalTime.MIDNIGHT;
    private static final LocalTime EIGHT = LocalTime.of(8, 0);
    private static final LocalTime SIXTEEN = LocalTime.of(16, 0);
    private static final LocalTime TWENTY = LocalTime.of(20, 0);

    private FillRosters() {}

    static List<Duty> fill(Collection<UnitCode> units) {
        List<Duty> staff = new ArrayList<>();
        int grids = 0;
        for (UnitCode unit : units) {
            if (unit.tier() == Tier.GRID) {
                grids++;
                staff.add(worker(unit, 1, EIGHT, TWENTY));
                if (grids % GRIDS_PER_SINGLE_WORKER != 0) {
                    staff.add(worker(unit, 2, TWENTY, EIGHT));
                }
            } else if (unit.tier().isAbove(Tier.COMMUNITY)) {
                staff.add(operator(unit, 1, MIDNIGHT, EIGHT));
                staff.add(operator(unit, 2, EIGHT, SIXTEEN));
                staff.add(operator(unit, 3, SIXTEEN, MIDNIGHT));
            }
        }
        return staff;
    }

    private static Duty worker(UnitCode grid, int number, LocalTime starts, LocalTime ends) {
        return new Duty("worker-" + grid + "-" + number, grid, DutyKind.GRID_WORKER, starts, ends);
    }

    private static Duty operator(UnitCode unit, int number, LocalTime starts, LocalTime ends) {
        return new Duty("operator-" + unit + "-" + number, unit, DutyKind.OPERATOR, starts, ends);
    }
}
