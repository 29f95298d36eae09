package org.citybrain.access.limit;

import jakarta.servlet.http.HttpServletRequest;
import org.citybrain.access.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Whose limits a request counts against.
 *
 * @param name of the account or the gateway's source; the address of whoever showed no good token or key
 * @param ownRate of a principal that may be allowed less than others of its kind
 */
record Caller(Kind kind, String name, @Nullable Rate ownRate) {

    enum Kind {
        PERSON,
        GATEWAY,
        ADDRESS
    }

    /** Who sent the request that this thread works on, as far as it is known by now. */
    static Caller current(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || authentication instanceof AnonymousAuthenticationToken) {
            return new Caller(Kind.ADDRESS, request.getRemoteAddr(), null);
        }
        return new Caller(
                authentication.getPrincipal() instanceof Person ? Kind.PERSON : Kind.GATEWAY,
                authentication.getName(),
                authentication.getPrincipal() instanceof OwnRate own ? own.requests() : null);
    }

    /** A person and a gateway of the same name share nothing. */
    String key() {
        return kind + " " + name;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case PERSON -> "the account " + name;
            case GATEWAY -> "the gateway " + name;
            case ADDRESS -> "the address " + name;
        };
    }
}
