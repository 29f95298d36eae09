package org.citybrain.dispatch.command.incident;

import java.net.URI;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.access.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A command that is not carried out: nothing was done. It is answered as the problem that it holds. */
final class CommandRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ProblemDetail problem;
    private final String reason;
    private final @Nullable Integer version;

    private CommandRefused(ProblemDetail problem, String reason, @Nullable Integer version) {
        super(problem.getDetail(), null, false, false);
        this.problem = problem;
        this.reason = reason;
        this.version = version;
    }

    ProblemDetail problem() {
        return problem;
    }

    /** The one name under which it is answered and counted. */
    String reason() {
        return reason;
    }

    /** The incident's version, where it belongs to the answer. */
    @Nullable
    Integer version() {
        return version;
    }

    static CommandRefused badBody(String field, String value, String expected) {
        CommandRefused refused = of(HttpStatus.BAD_REQUEST, "BAD_BODY", field + " is " + value, value, expected);
        refused.problem.setProperty("field", field);
        return refused;
    }

    static CommandRefused badHeader(String header, @Nullable String value, String expected) {
        return of(
                HttpStatus.BAD_REQUEST,
                "BAD_HEADER",
                "the header " + header + " is " + (value == null ? "missing" : "'" + shortened(value) + "'"),
                value == null ? "missing" : shortened(value),
                expected);
    }

    static CommandRefused noVersion() {
        return of(
                HttpStatus.PRECONDITION_REQUIRED,
                "VERSION_REQUIRED",
                "the header If-Match is missing",
                "missing",
                "the version that this is decided on, as the incident's ETag says it: \"3\"");
    }

    static CommandRefused notFound(UUID id) {
        return of(
                HttpStatus.NOT_FOUND,
                "NOT_FOUND",
                "no incident has the id " + id,
                id.toString(),
                "the id of an incident");
    }

    static CommandRefused keyReused(String key) {
        return of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "IDEMPOTENCY_KEY_REUSED",
                "the Idempotency-Key " + key + " came before with another command",
                key,
                "a key of its own for each command");
    }

    static CommandRefused stale(int decidedOn, IncidentState now) {
        CommandRefused stale = of(
                HttpStatus.PRECONDITION_FAILED,
                "STALE_VERSION",
                "incident " + now.number() + " is at version " + now.version() + " by " + now.changedBy() + ", not at "
                        + decidedOn,
                "\"" + decidedOn + "\"",
                "\"" + now.version() + "\", after a look at what it is now");
        stale.problem.setProperty("incident", now);
        return new CommandRefused(stale.problem, stale.reason, now.version());
    }

    static CommandRefused illegalMove(IncidentCommand command, IncidentState now) {
        String allowed = IncidentMoves.allowed(now.status()).stream()
                .map(IncidentCommand::path)
                .collect(Collectors.joining(", "));
        return of(
                HttpStatus.CONFLICT,
                "ILLEGAL_MOVE",
                command.path() + " is not allowed: incident " + now.number() + " is " + now.status(),
                command.path(),
                allowed.isEmpty() ? "nothing: it is at its end" : "one of " + allowed);
    }

    static CommandRefused notInCommand(Person person, IncidentState now) {
        return of(
                HttpStatus.FORBIDDEN,
                "NOT_IN_COMMAND",
                "incident " + now.number() + " is commanded by unit " + now.commandingUnit(),
                String.valueOf(person.unit()),
                "somebody of the commanding unit or of one above it");
    }

    static CommandRefused conflict(String reason, String detail, String value, String expected) {
        return of(HttpStatus.CONFLICT, reason, detail, value, expected);
    }

    private static CommandRefused of(HttpStatus status, String reason, String what, String value, String expected) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, what + ": expected " + expected);
        problem.setType(URI.create("about:blank"));
        problem.setProperty("reason", reason);
        problem.setProperty("value", value);
        problem.setProperty("expected", expected);
        return new CommandRefused(problem, reason, null);
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
