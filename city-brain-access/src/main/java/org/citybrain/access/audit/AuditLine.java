package org.citybrain.access.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citybrain.access.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who did what, on what, from where, with which result. The moment, the service and the trace id are added by the trail.
 *
 * @param actor the account's name, a gateway's source id, or {@code nobody}
 * @param roles names of roles, sorted
 * @param unit the actor's unit
 * @param action a verb on a thing, such as {@code parked.retry}, or the method and path of what was refused
 * @param object the id of the thing
 * @param origin the address that the request came from
 * @param result {@code DONE}, or {@code REFUSED} with the reason: {@code REFUSED:NOT_ALLOWED}
 * @param detail what else explains it, such as the reason that a person gave; never a secret
 */
public record AuditLine(
        String actor,
        Set<String> roles,
        @Nullable String unit,
        String action,
        String object,
        @Nullable String origin,
        String result,
        Map<String, ?> detail) {

    public static final String DONE = "DONE";

    public AuditLine {
        roles = new TreeSet<>(roles);
        detail = Map.copyOf(detail);
    }

    /** What the person of the current request has done. */
    public static AuditLine done(String action, Object object, Map<String, ?> detail) {
        return of(Person.findCurrent(), action, object.toString(), currentOrigin(), DONE, detail);
    }

    /** What the person of the current request wanted to do and was refused, under the reason that they were told. */
    public static AuditLine refused(String action, Object object, String reason, Map<String, ?> detail) {
        return of(Person.findCurrent(), action, object.toString(), currentOrigin(), "REFUSED:" + reason, detail);
    }

    static AuditLine of(
            Optional<Person> person,
            String action,
            String object,
            @Nullable String origin,
            String result,
            Map<String, ?> detail) {
        return new AuditLine(
                person.map(Person::name).orElseGet(AuditLine::currentGateway),
                person.map(known -> known.roles().stream().map(Enum::name).collect(Collectors.toSet()))
                        .orElse(Set.of()),
                person.map(Person::unit).map(Object::toString).orElse(null),
                action,
                object,
                origin,
                result,
                detail);
    }

    /** The gateway whose key came with the current request. */
    private static String currentGateway() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null || authentication instanceof AnonymousAuthenticationToken
                ? "nobody"
                : authentication.getName();
    }

    private static @Nullable String currentOrigin() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? origin(attributes.getRequest())
                : null;
    }

    static String origin(HttpServletRequest request) {
        return request.getRemoteAddr();
    }
}
