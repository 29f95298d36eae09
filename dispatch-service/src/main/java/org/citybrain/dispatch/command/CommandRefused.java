package org.citybrain.dispatch.command;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.access.Person;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.SubjectKind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A command that is not carried out: nothing was done. It is answered as the problem that it holds. */
public final class CommandRefused extends RuntimeException {

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
    public String reason() {
        return reason;
    }

    /** The version of what the command is on, where it belongs to the answer. */
    @Nullable
    Integer version() {
        return version;
    }

    public static CommandRefused badBody(String field, String value, String expected) {
        CommandRefused refused = of(HttpStatus.BAD_REQUEST, "BAD_BODY", field + " is " + value, value, expected);
        refused.problem.setProperty("field", field);
        return refused;
    }

    public static CommandRefused badHeader(String header, @Nullable String value, String expected) {
        return of(
                HttpStatus.BAD_REQUEST,
                "BAD_HEADER",
                "the header " + header + " is " + (value == null ? "missing" : "'" + shortened(value) + "'"),
                value == null ? "missing" : shortened(value),
                expected);
    }

    public static CommandRefused noVersion() {
        return of(
                HttpStatus.PRECONDITION_REQUIRED,
                "VERSION_REQUIRED",
                "the header If-Match is missing",
                "missing",
                "the version that this is decided on, as its ETag says it: \"3\"");
    }

    public static CommandRefused notFound(SubjectKind kind, UUID id) {
        String article = kind == SubjectKind.INCIDENT ? "an " : "a ";
        return of(
                HttpStatus.NOT_FOUND,
                "NOT_FOUND",
                "no " + kind.noun() + " has the id " + id,
                id.toString(),
                "the id of " + article + kind.noun());
    }

    static CommandRefused noCommand(SubjectKind kind, String path) {
        return of(
                HttpStatus.NOT_FOUND,
                "NOT_FOUND",
                "there is no command " + shortened(path) + " on " + kind.path(),
                shortened(path),
                "one of " + paths(CommandName.on(kind)));
    }

    public static CommandRefused keyReused(String key) {
        return of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "IDEMPOTENCY_KEY_REUSED",
                "the Idempotency-Key " + key + " came before with another command",
                key,
                "a key of its own for each command");
    }

    static CommandRefused stale(int decidedOn, Subject now) {
        CommandRefused stale = of(
                HttpStatus.PRECONDITION_FAILED,
                "STALE_VERSION",
                now.name() + " is at version " + now.version() + " by " + now.changedBy() + ", not at " + decidedOn,
                "\"" + decidedOn + "\"",
                "\"" + now.version() + "\", after a look at what it is now");
        stale.problem.setProperty(now.kind().field(), now.state());
        return new CommandRefused(stale.problem, stale.reason, now.version());
    }

    /** @param allowed what the status allows instead */
    public static CommandRefused illegalMove(
            CommandName command, Subject subject, Enum<?> status, List<CommandName> allowed) {
        return of(
                HttpStatus.CONFLICT,
                "ILLEGAL_MOVE",
                command.path() + " is not allowed: " + subject.name() + " is " + status,
                command.path(),
                allowed.isEmpty() ? "nothing: it is at its end" : "one of " + paths(allowed));
    }

    public static CommandRefused notInCommand(CommandName command, Person person, IncidentState now) {
        return forbidden(
                "NOT_IN_COMMAND",
                "incident " + now.number() + " is commanded by unit " + now.commandingUnit(),
                String.valueOf(person.unit()),
                command.right().who());
    }

    /** It is not this person's. */
    public static CommandRefused forbidden(String reason, String detail, String value, String expected) {
        return of(HttpStatus.FORBIDDEN, reason, detail, value, expected);
    }

    public static CommandRefused conflict(String reason, String detail, String value, String expected) {
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

    private static String paths(List<CommandName> commands) {
        return commands.stream().map(CommandName::path).collect(Collectors.joining(", "));
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
