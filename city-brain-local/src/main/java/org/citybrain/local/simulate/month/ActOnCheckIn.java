package org.citybrain.local.simulate.month;

import org.citybrain.local.simulate.Place;
import org.citybrain.local.simulate.month.MonthQueries.CheckInNow;
import org.citybrain.local.simulate.month.MonthQueries.IncidentNow;
import org.citybrain.local.simulate.month.MonthQueries.IncidentPlace;

/** Grids and streets whistle, departments check in and serve, and are rated. */
final class ActOnCheckIn {

    private static final int STREET_DIGITS = 9;
    /** About two kilometres, which is outside the surroundings of all but the largest. */
    private static final double FAR_DEGREES = 0.02;

    private final MonthQueries queries;
    private final ActAsPerson act;
    private final Behaviour behaviour;

    ActOnCheckIn(MonthQueries queries, ActAsPerson act, Behaviour behaviour) {
        this.queries = queries;
        this.act = act;
        this.behaviour = behaviour;
    }

    /** Nobody whistles for what is over. */
    void whistle(Intention intention, IncidentNow seen) {
        switch (seen.status()) {
            case "DISPATCHED", "ACKNOWLEDGED", "IN_PROGRESS", "CONTAINED" -> {
                String grid = queries.place(intention.incident()).place().gridCode();
                String whistler =
                        behaviour.isWhistledByStreet(intention.incident()) ? grid.substring(0, STREET_DIGITS) : grid;
                act.whistle(
                        MadeUpPeople.onDuty(whistler),
                        intention.incident(),
                        behaviour.summoned(intention.incident(), MadeUpDepartments.serving(grid)),
                        seen);
            }
            default -> {
                // It is over.
            }
        }
    }

    /** Does what somebody has in mind with a check-in, where it can still be done. */
    void act(Intention intention, Summons summons) {
        CheckInNow seen = queries.checkIn(intention.incident(), summons.id());
        switch (intention.deed()) {
            case CHECK_IN -> {
                if (seen.status().equals("SUMMONED") && !isClosed(intention)) {
                    act.checkIn(
                            MadeUpPeople.ofDepartment(summons.department()),
                            summons.id(),
                            place(intention, summons),
                            behaviour.arrival(summons),
                            seen.version());
                }
            }
            case SERVE -> {
                if (seen.status().equals("CHECKED_IN") && !isClosed(intention)) {
                    act.serve(MadeUpPeople.ofDepartment(summons.department()), summons.id(), seen.version());
                }
            }
            case RATE -> {
                if (seen.status().equals("CHECKED_IN") || seen.status().equals("SERVED")) {
                    act.rate(
                            MadeUpPeople.onDuty(summons.whistledUnit()),
                            summons.id(),
                            behaviour.isEffective(summons),
                            seen.version());
                }
            }
            default -> throw new IllegalStateException(intention.deed() + " is not done to a check-in");
        }
    }

    private boolean isClosed(Intention intention) {
        return switch (queries.incident(intention.incident()).status()) {
            case "CLOSED", "FALSE_ALARM", "MERGED" -> true;
            default -> false;
        };
    }

    private Place place(Intention intention, Summons summons) {
        IncidentPlace incident = queries.place(intention.incident());
        double away = behaviour.isOutside(summons) ? FAR_DEGREES : 0;
        return new Place(
                incident.place().gridCode(),
                incident.place().longitude() + away,
                incident.place().latitude() + away);
    }
}
