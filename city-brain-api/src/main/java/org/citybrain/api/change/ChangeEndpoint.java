package org.citybrain.api.change;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.citybrain.access.Person;
import org.citybrain.api.request.QueryParameters;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Changes", description = "What an app has missed, for bad networks")
class ChangeEndpoint {

    private final ListChanges changes;

    ChangeEndpoint(ListChanges changes) {
        this.changes = changes;
    }

    @Operation(
            operationId = "listChanges",
            summary = "What has changed since a cursor was given out",
            description = """
                    Without `since`: the person's own open tasks, those first whose deadline runs out first, and the cursor of this \
                    moment. With it: every incident and task that the person sees and that has changed, in its present state, in the \
                    order in which it happened; things that are gone are `deleted`. No version of a thing comes twice, and none that \
                    lasts is left out, however many write at the same time. Ask again at once while `hasMore`. The same request again \
                    answers the same or later versions, so an answer that got lost is simply asked for again.

                    A cursor is good for 7 days, and for the unit and department that the person had when it was given out; then 410 \
                    `CURSOR_TOO_OLD`: drop what you hold and begin without `since`.""")
    @Parameter(
            name = "since",
            in = ParameterIn.QUERY,
            description = "The `nextCursor` of an earlier answer, or the `id` of an event of the live stream",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "How many items an answer has at most",
            schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
    @GetMapping("/v1/changes")
    Changes list(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        GivenCursor since =
                parameters.value("since", GivenCursor::parse, "the nextCursor of an earlier answer, as it was given");
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return since == null ? changes.begin(person, limit) : changes.list(person, since, limit);
    }
}
