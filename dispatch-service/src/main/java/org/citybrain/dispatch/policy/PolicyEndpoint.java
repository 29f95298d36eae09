package org.citybrain.dispatch.policy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.citybrain.access.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What city-brain-api passes on about policies. Not for callers outside: they go through city-brain-api. */
@RestController
@RequestMapping("/internal/policies/{kind}")
@Tag(name = "Policies", description = "Internal: the outside path is /v1/policies of city-brain-api")
class PolicyEndpoint {

    private static final int MOST_CHARACTERS = 1_000;
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,9})\"");

    /** What somebody wanted to do and may not, or not yet; mistakes in a body are no deeds. */
    private static final Set<PolicyReason> AUDITED = EnumSet.of(
            PolicyReason.SAME_PERSON, PolicyReason.NOT_ALLOWED, PolicyReason.NOT_REHEARSED, PolicyReason.STALE_VERSION);

    private final ChangePolicies changePolicies;

    PolicyEndpoint(ChangePolicies changePolicies) {
        this.changePolicies = changePolicies;
    }

    @Operation(
            summary = "Write a draft, or with dryRun only check it",
            description = "201 with the draft; 200 where it was only checked; 422 with every mistake; 409 with too many"
                    + " drafts")
    @PostMapping
    ResponseEntity<?> draft(
            @PathVariable String kind, @RequestParam(defaultValue = "false") boolean dryRun, @RequestBody Draft draft) {
        PolicyKind policyKind = kind(kind);
        if (dryRun) {
            changePolicies.check(policyKind, draft.checkedDocument());
            return ResponseEntity.ok(Map.of("valid", true));
        }
        return answer(
                HttpStatus.CREATED,
                changePolicies.draft(
                        policyKind, draft.checkedDocument(), checked("note", draft.note()), draft.basedOn(), person()));
    }

    @Operation(
            summary = "Change a draft",
            description = "200; needs If-Match (428, 412); a rehearsed one is a draft again; 409 where it is approved")
    @PutMapping("/{version}")
    ResponseEntity<?> change(
            @PathVariable String kind,
            @PathVariable int version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Draft draft) {
        PolicyKind policyKind = kind(kind);
        return audited(
                "change",
                policyKind,
                version,
                () -> changePolicies.change(
                        policyKind,
                        version,
                        rowVersion(ifMatch),
                        draft.checkedDocument(),
                        checked("note", draft.note()),
                        person()));
    }

    @Operation(summary = "Give a version up that is not in force", description = "200; 409 where it is or was in force")
    @DeleteMapping("/{version}")
    ResponseEntity<?> withdraw(
            @PathVariable String kind,
            @PathVariable int version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        PolicyKind policyKind = kind(kind);
        return audited(
                "withdraw",
                policyKind,
                version,
                () -> changePolicies.withdraw(policyKind, version, rowVersion(ifMatch), person()));
    }

    @Operation(
            summary = "Approve a version",
            description =
                    "200; needs If-Match (428, 412); 409 for its authors and before a rehearsal; 422 where it does not go with what is in force"
                            + " then")
    @PostMapping("/{version}/approve")
    ResponseEntity<?> approve(
            @PathVariable String kind,
            @PathVariable int version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Approval approval) {
        PolicyKind policyKind = kind(kind);
        return audited(
                "approve",
                policyKind,
                version,
                () -> changePolicies.approve(
                        policyKind,
                        version,
                        rowVersion(ifMatch),
                        instant(approval.effectiveFrom()),
                        checked("reason", approval.reason()),
                        person()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(PolicyRefusal refusal) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(refusal.reason().status(), String.valueOf(refusal.getMessage()));
        problem.setType(URI.create("about:blank"));
        problem.setProperty("reason", refusal.reason());
        if (refusal.value() != null) {
            problem.setProperty("value", refusal.value());
        }
        if (refusal.expected() != null) {
            problem.setProperty("expected", refusal.expected());
        }
        if (!refusal.mistakes().isEmpty()) {
            problem.setProperty("errors", refusal.mistakes());
        }
        return ResponseEntity.of(problem).build();
    }

    private ResponseEntity<?> audited(String what, PolicyKind kind, int version, Supplier<PolicyVersion> change) {
        try {
            return answer(HttpStatus.OK, change.get());
        } catch (PolicyRefusal refusal) {
            if (AUDITED.contains(refusal.reason())) {
                changePolicies.noteRefused(what, kind, version, refusal);
            }
            throw refusal;
        }
    }

    private static ResponseEntity<?> answer(HttpStatus status, PolicyVersion policy) {
        return ResponseEntity.status(status)
                .eTag("\"" + policy.rowVersion() + "\"")
                .body(new Changed(policy.kind().key(), policy.version()));
    }

    private static PolicyKind kind(String key) {
        return PolicyKind.find(key)
                .orElseThrow(() -> new PolicyRefusal(
                        PolicyReason.NOT_FOUND,
                        "there is no policy of this kind",
                        null,
                        "grading, routing, correlation or item-catalogue"));
    }

    private static Person person() {
        return Person.findCurrent().orElseThrow(() -> new IllegalStateException("a request without a person"));
    }

    private static @Nullable Integer rowVersion(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        var etag = ETAG.matcher(ifMatch.strip());
        if (!etag.matches()) {
            throw new PolicyRefusal(
                    PolicyReason.BAD_BODY, "If-Match is not an ETag of a policy", null, "one such as \"3\", in quotes");
        }
        return Integer.valueOf(etag.group(1));
    }

    private static String checked(String field, @Nullable String text) {
        String expected = "1 to " + MOST_CHARACTERS + " characters that say why";
        if (text == null || text.isBlank()) {
            throw new PolicyRefusal(PolicyReason.BAD_BODY, field + " is missing", null, expected);
        }
        if (text.length() > MOST_CHARACTERS
                || text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw new PolicyRefusal(
                    PolicyReason.BAD_BODY,
                    field + " has " + text.length() + " characters, or some that cannot be stored",
                    null,
                    expected);
        }
        return text;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new PolicyRefusal(
                    PolicyReason.BAD_BODY,
                    "effectiveFrom is no point in time",
                    null,
                    "one such as 2026-12-01T00:00:00Z");
        }
    }

    /**
     * @param document the whole policy
     * @param note what it changes and why
     * @param basedOn the version that it was made from
     */
    record Draft(
            @Nullable JsonNode document,
            @Nullable String note,
            @Nullable Integer basedOn) {

        JsonNode checkedDocument() {
            if (document == null || !document.isObject()) {
                throw new PolicyRefusal(
                        PolicyReason.BAD_BODY,
                        "document is missing, or no object",
                        null,
                        "the policy as a JSON object");
            }
            return document;
        }
    }

    /**
     * @param effectiveFrom absent: as soon as every instance knows of it
     * @param reason why it is approved
     */
    record Approval(
            @Nullable String effectiveFrom, @Nullable String reason) {}

    /** Which version it is; the rest is read from the views. */
    record Changed(String kind, int version) {}
}
