package org.citybrain.dispatch.rehearse;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.dispatch.policy.PolicyKind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What city-brain-api passes on about rehearsals. Not for callers outside: they go through city-brain-api. */
@RestController
@RequestMapping("/internal/rehearsals")
@Tag(
        name = "Rehearsals",
        description = "Internal: the outside path is /v1/policies/{kind}/{version}/rehearsals of city-brain-api")
class RehearsalEndpoint {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final RunRehearsals runRehearsals;
    private final AuditTrail audit;
    private final Clock clock;

    RehearsalEndpoint(RunRehearsals runRehearsals, AuditTrail audit, Clock clock) {
        this.runRehearsals = runRehearsals;
        this.audit = audit;
        this.clock = clock;
    }

    @Operation(
            summary = "Rehearse a policy version",
            description = "202 with the rehearsal's id; 404; 409 where too many wait or the document cannot be read")
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Begun begin(@RequestBody Command command) {
        Instant now = clock.instant();
        Instant to = command.to() == null ? now : bounded("to", command.to());
        Instant from = command.from() == null ? null : bounded("from", command.from());
        if (from != null && !from.isBefore(to)) {
            throw RehearsalRefused.badBody("from", from.toString(), "a time before " + to);
        }
        return new Begun(runRehearsals.begin(
                kind(command.kind()), version(command.version()), new Period(from, to, command.to() == null)));
    }

    @Operation(summary = "Cancel a rehearsal", description = "200; 404; 409 where it has ended")
    @PostMapping("/{id}/cancel")
    Begun cancel(@PathVariable UUID id) {
        runRehearsals.cancel(id);
        return new Begun(id);
    }

    @ExceptionHandler
    ProblemDetail refused(RehearsalRefused refusal) {
        if (refusal.status() != HttpStatus.BAD_REQUEST) {
            audit.write(AuditLine.refused(
                    "rehearsal",
                    refusal.value(),
                    refusal.reason(),
                    Map.of("detail", String.valueOf(refusal.getMessage()))));
        }
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(refusal.status(), String.valueOf(refusal.getMessage()));
        problem.setType(URI.create("about:blank"));
        problem.setProperty("reason", refusal.reason());
        problem.setProperty("value", refusal.value());
        problem.setProperty("expected", refusal.expected());
        return problem;
    }

    private static PolicyKind kind(@Nullable String key) {
        return Arrays.stream(PolicyKind.values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow(() -> RehearsalRefused.badBody(
                        "kind",
                        String.valueOf(key),
                        "one of "
                                + Arrays.stream(PolicyKind.values())
                                        .map(PolicyKind::key)
                                        .collect(Collectors.joining(", "))));
    }

    private static int version(@Nullable Integer version) {
        if (version == null || version < 1) {
            throw RehearsalRefused.badBody("version", String.valueOf(version), "the number of a version, from 1 on");
        }
        return version;
    }

    private static Instant bounded(String field, Instant moment) {
        if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
            throw RehearsalRefused.badBody(field, moment.toString(), "a time from 1970 to 9999");
        }
        return moment;
    }

    /** @param to exclusive; absent: now */
    record Command(
            @Schema(example = "grading") @Nullable String kind,
            @Nullable Integer version,
            @Nullable Instant from,
            @Nullable Instant to) {}

    record Begun(UUID id) {}
}
