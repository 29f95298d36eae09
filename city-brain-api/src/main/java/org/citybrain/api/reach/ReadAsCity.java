package org.citybrain.api.reach;

import java.util.Set;
import java.util.function.Supplier;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.access.SignedIn;
import org.citybrain.messages.UnitCode;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Reads what the whole city sees, outside any request: for what is read once and then handed to each only as far as they see it. Never
 * for what is answered as it was read.
 */
public final class ReadAsCity {

    private ReadAsCity() {}

    /** @param reader the name under which the database is asked */
    public static <T> T read(UnitCode city, String reader, Supplier<T> reading) {
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContext own = SecurityContextHolder.createEmptyContext();
        own.setAuthentication(new SignedIn(new Person(reader, Set.of(Role.OPERATOR), city, null), ""));
        SecurityContextHolder.setContext(own);
        try {
            return reading.get();
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }
}
