package org.citybrain.dispatch.checkin;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.command.CheckInMoves;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.MayCommand;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.FindSubject;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.Subject;
import org.citybrain.messages.IncidentStatus;
import org.springframework.stereotype.Component;

/** Check-ins as what commands are on, and whose they are: the department's own to make, and of whoever whistled to rate. */
@Component
class FindCheckIn implements FindSubject {

    private static final Set<IncidentStatus> ENDED =
            Set.of(IncidentStatus.CLOSED, IncidentStatus.FALSE_ALARM, IncidentStatus.MERGED);

    private final PostgisCheckIns checkIns;

    FindCheckIn(PostgisCheckIns checkIns) {
        this.checkIns = checkIns;
    }

    @Override
    public SubjectKind kind() {
        return SubjectKind.CHECK_IN;
    }

    @Override
    public Optional<Subject> find(UUID id) {
        return checkIns.find(id)
                .map(checkIn -> new Subject(
                        checkIn.incidentId(),
                        SubjectKind.CHECK_IN,
                        id,
                        "the check-in of " + checkIn.department().code(),
                        checkIn.version(),
                        checkIn.changedBy(),
                        checkIn.state()));
    }

    @Override
    public void check(Subject subject, KnownIncident incident, CommandName command, Person person) {
        CheckIn checkIn = checkIns.get(subject.id());
        if (CheckInMoves.next(checkIn.status(), command).isEmpty()) {
            throw CommandRefused.illegalMove(
                    command, subject, checkIn.status(), CheckInMoves.allowed(checkIn.status()));
        }
        if (command == CommandName.RATE) {
            checkRater(checkIn, person);
            return;
        }
        checkDepartment(checkIn, person);
        IncidentStatus status = incident.state().status();
        if (command == CommandName.CHECK_IN_DEPARTMENT && ENDED.contains(status)) {
            throw CommandRefused.conflict(
                    "INCIDENT_ENDED",
                    "incident " + incident.state().number() + " is " + status,
                    status.name(),
                    "an incident that goes on");
        }
    }

    private static void checkDepartment(CheckIn checkIn, Person person) {
        String department = checkIn.department().code();
        if (!MayCommand.ofDepartment(person, checkIn.departmentUnit(), department)) {
            throw CommandRefused.forbidden(
                    "NOT_THE_DEPARTMENT",
                    "department " + department + " was summoned",
                    person.department() == null ? String.valueOf(person.unit()) : person.department(),
                    "somebody of the department that was summoned");
        }
    }

    private static void checkRater(CheckIn checkIn, Person person) {
        if (!MayCommand.asWhistler(
                person,
                checkIn.whistledBy(),
                checkIn.whistledAs(),
                checkIn.whistledUnit(),
                checkIn.department().code())) {
            throw CommandRefused.forbidden(
                    "NOT_THE_WHISTLER",
                    checkIn.whistledBy() + " of unit " + checkIn.whistledUnit() + " has whistled",
                    person.name(),
                    "whoever whistled, or somebody of the same unit in the same role, and not of the department");
        }
    }
}
