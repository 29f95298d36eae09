package org.citybrain.intake.receive;

import java.util.EnumSet;
import java.util.Set;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.intake.admit.Sender;
import org.citybrain.intake.key.Gateway;
import org.citybrain.messages.SourceKind;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who sent the request that this thread works on. */
final class CurrentSender {

    private static final Set<SourceKind> OF_GATEWAYS = EnumSet.of(SourceKind.SENSOR, SourceKind.SYSTEM);

    private CurrentSender() {}

    /** @throws IllegalStateException if the guard has let through whom no rule names */
    static Sender get() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        Object principal = authentication == null ? null : authentication.getPrincipal();
        if (principal instanceof Gateway gateway) {
            return Sender.gateway(gateway.sourceId(), OF_GATEWAYS);
        }
        if (principal instanceof Person person) {
            return new Sender(person.name(), kinds(person), person.unit());
        }
        throw new IllegalStateException("neither a gateway nor a person is signed in");
    }

    private static Set<SourceKind> kinds(Person person) {
        Set<SourceKind> kinds = EnumSet.noneOf(SourceKind.class);
        if (person.is(Role.GRID_WORKER)) {
            kinds.add(SourceKind.GRID_WORKER);
        }
        if (person.is(Role.OPERATOR)) {
            kinds.addAll(EnumSet.of(SourceKind.OPERATOR, SourceKind.CITIZEN));
        }
        return kinds;
    }
}
