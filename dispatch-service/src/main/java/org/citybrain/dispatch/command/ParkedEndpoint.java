package org.citybrain.dispatch.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What city-brain-api passes on about parked reports. Not for callers outside: they go through city-brain-api. */
@RestController
@RequestMapping("/internal/parked/{id}")
@Tag(name = "Parked reports", description = "Internal: the outside path is /v1/parked of city-brain-api")
class ParkedEndpoint {

    private static final int MOST_REASON_CHARACTERS = 1_000;

    private final SettleParked settleParked;

    ParkedEndpoint(SettleParked settleParked) {
        this.settleParked = settleParked;
    }

    @Operation(
            summary = "Try a parked report again",
            description =
                    "200 with what has become of it (PARKED where it failed as before); 404; 409 where it is settled already; 410 where its month is in the archive")
    @PostMapping("/retry")
    ResponseEntity<?> retry(@PathVariable UUID id, @RequestBody Command command) {
        return answer(id, settleParked.retry(id, command.checkedReason()));
    }

    @Operation(summary = "Give a parked report up", description = "200; 404; 409 where it is settled already")
    @PostMapping("/discard")
    ResponseEntity<?> discard(@PathVariable UUID id, @RequestBody Command command) {
        return answer(id, settleParked.discard(id, command.checkedReason()));
    }

    @ExceptionHandler
    ProblemDetail conflict(AlreadySettled e) {
        return problem(HttpStatus.CONFLICT, "ALREADY_SETTLED", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail archived(InTheArchive e) {
        return problem(HttpStatus.GONE, "ARCHIVED", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail badReason(IllegalArgumentException e) {
        return problem(HttpStatus.BAD_REQUEST, "MISSING_VALUE", String.valueOf(e.getMessage()));
    }

    private static ResponseEntity<?> answer(UUID id, SettleParked.@Nullable Settled settled) {
        return settled == null
                ? ResponseEntity.of(problem(HttpStatus.NOT_FOUND, "NOT_FOUND", "there is no parked report " + id))
                        .build()
                : ResponseEntity.ok(settled);
    }

    private static ProblemDetail problem(HttpStatus status, String reason, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("about:blank"));
        problem.setProperty("reason", reason);
        return problem;
    }

    /** @param reason why; up to 1,000 characters */
    record Command(
            @Schema(description = "Why, 1 to 1,000 characters", example = "the catalogue knows the type now") @Nullable
            String reason) {

        String checkedReason() {
            if (reason == null
                    || reason.isBlank()
                    || reason.length() > MOST_REASON_CHARACTERS
                    || reason.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "reason: expected 1 to " + MOST_REASON_CHARACTERS + " characters that say why");
            }
            return reason;
        }
    }
}
