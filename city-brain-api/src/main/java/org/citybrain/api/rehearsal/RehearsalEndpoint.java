package org.citybrain.api.rehearsal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Rehearsals", description = "What a policy version would have decided over a period")
class RehearsalEndpoint {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final RehearsalQueries queries;
    private final AskForRehearsal ask;

    RehearsalEndpoint(RehearsalQueries queries, AskForRehearsal ask) {
        this.queries = queries;
        this.ask = ask;
    }

    @Operation(
            operationId = "beginRehearsal",
            summary = "Rehearse a policy version: replay stored incidents against it",
            description = """
                    `{}` replays all of history, `from` and `to` the incidents that were opened then. It runs in the background; `statusUrl`, \
                    also in `Location`, tells how far it is and what it has found. A draft whose rehearsal is done becomes `REHEARSED` where something was replayed and no rule failed. Nothing that \
                    was decided is changed. 409 `REHEARSALS_BUSY` when too many wait.""")
    @PostMapping("/v1/policies/{kind}/{version}/rehearsals")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RehearsalBegun begin(
            @PathVariable String kind,
            @PathVariable String version,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestBody RehearsalRequest request,
            HttpServletResponse response) {
        parameters.refuseUnknown();
        PolicyPath policy = known(kind, version);
        Instant from = instant("from", request.from());
        Instant to = instant("to", request.to());
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.badBody("from", "'" + from + "'", "a time before to, " + to);
        }
        UUID id = ask.begin(policy, from, to);
        response.setHeader(HttpHeaders.LOCATION, policy.rehearsal(id));
        return new RehearsalBegun(id, policy.rehearsal(id));
    }

    @Operation(operationId = "listRehearsals", summary = "The rehearsals of a policy version, the last one first")
    @Paged
    @GetMapping("/v1/policies/{kind}/{version}/rehearsals")
    Page<RehearsalSummary> list(
            @PathVariable String kind,
            @PathVariable String version,
            @Parameter(hidden = true) QueryParameters parameters) {
        RehearsalQueries.Place before = parameters.cursor(RehearsalQueries.Place::parse);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return queries.list(known(kind, version), before, limit);
    }

    @Operation(
            operationId = "getRehearsal",
            summary = "How far a rehearsal is, and what it has found",
            description = "docs/rehearsal.md says what each figure means.")
    @GetMapping("/v1/policies/{kind}/{version}/rehearsals/{id}")
    Rehearsal get(
            @PathVariable String kind,
            @PathVariable String version,
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return found(PolicyPath.of(kind, version), id);
    }

    @Operation(
            operationId = "getRehearsalChanges",
            summary = "The hundred biggest changes as CSV, with both grade records",
            description = "409 `REHEARSAL_NOT_DONE` until it is done. No cell is taken for a formula by a spreadsheet.")
    @GetMapping(path = "/v1/policies/{kind}/{version}/rehearsals/{id}/changes.csv", produces = "text/csv;charset=UTF-8")
    String changes(
            @PathVariable String kind,
            @PathVariable String version,
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            HttpServletResponse response) {
        parameters.refuseUnknown();
        Rehearsal rehearsal = found(PolicyPath.of(kind, version), id);
        List<RehearsalChange> changes = rehearsal.biggestChanges();
        if (changes == null) {
            throw Problem.of(
                    ProblemReason.REHEARSAL_NOT_DONE,
                    "rehearsal " + id + " is " + rehearsal.summary().status() + ": expected one that is DONE",
                    null);
        }
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + kind + "-" + version + "-changes.csv\"");
        return WriteChanges.asCsv(changes);
    }

    @Operation(
            operationId = "cancelRehearsal",
            summary = "End a rehearsal before it is done",
            description = "It ends within a second; 409 `REHEARSAL_ENDED` when it has ended before.")
    @PostMapping("/v1/policies/{kind}/{version}/rehearsals/{id}/cancel")
    RehearsalBegun cancel(
            @PathVariable String kind,
            @PathVariable String version,
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        PolicyPath policy = PolicyPath.of(kind, version);
        found(policy, id);
        ask.cancel(policy, id);
        return new RehearsalBegun(id, policy.rehearsal(id));
    }

    private PolicyPath known(String kind, String version) {
        PolicyPath policy = PolicyPath.of(kind, version);
        if (!queries.hasPolicy(policy)) {
            throw Problem.notFound(policy.kind() + " policy", policy.version());
        }
        return policy;
    }

    private Rehearsal found(PolicyPath policy, UUID id) {
        return queries.find(policy, id).orElseThrow(() -> Problem.notFound("rehearsal of " + policy.name(), id));
    }

    private static @Nullable Instant instant(String field, @Nullable String text) {
        String expected = "a time such as 2026-07-01T00:00:00Z, from 1970 to 9999";
        if (text == null) {
            return null;
        }
        try {
            Instant moment = Instant.parse(text);
            if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
                throw Problem.badBody(field, "'" + text + "'", expected);
            }
            return moment;
        } catch (DateTimeParseException notSuch) {
            throw Problem.badBody(field, "'" + text + "'", expected);
        }
    }
}
