package org.citybrain.access;

import java.util.Optional;
import java.util.Set;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who sent this request: the principal of every request that came with a token.
 *
 * @param name the account's name, from {@code preferred_username}, else {@code sub}
 * @param roles from the claim {@code roles}
 * @param unit from the claim {@code unit}: the person sees and acts on this unit and all below it. None sees nothing
 * @param department from the claim {@code department}
 */
public record Person(
        String name,
        Set<Role> roles,
        @Nullable UnitCode unit,
        @Nullable String department) {

    public Person {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Whether the person's unit is the city: who has it sees what belongs to no place, such as the ledger. */
    public boolean isCityWide() {
        return unit != null && unit.tier() == Tier.CITY;
    }

    public boolean reaches(UnitCode other) {
        return unit != null && other.isWithin(unit);
    }

    /** The person of the request that this thread works on; none outside a request, and for gateways. */
    public static Optional<Person> findCurrent() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Person person
                ? Optional.of(person)
                : Optional.empty();
    }
}
