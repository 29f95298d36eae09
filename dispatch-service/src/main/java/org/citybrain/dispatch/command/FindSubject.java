package org.citybrain.dispatch.command;

import java.util.Optional;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.SubjectKind;

/** Finds what commands of one kind are on, and says what is allowed there. A Spring bean for each kind but the incident itself. */
public interface FindSubject {

    SubjectKind kind();

    /** As it is now. Asked before the incident's lock is held, for its incident's id, and again after it, and once it was changed. */
    Optional<Subject> find(UUID id);

    /** @throws CommandRefused where its state does not allow the command, or it is not this person's */
    void check(Subject subject, KnownIncident incident, CommandName command, Person person);
}
