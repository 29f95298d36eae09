package org.citybrain.api.subscription;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Notices", description = "What the signed-in pages tell a person")
class NoticeEndpoint {

    private final PostgresNotices notices;

    NoticeEndpoint(PostgresNotices notices) {
        this.notices = notices;
    }

    @Operation(
            operationId = "listNotices",
            summary = "The person's live notices, the newest first",
            description =
                    "Of their subscriptions with the channel `LIVE` that were made in the unit that they have now.")
    @Parameter(
            name = "unread",
            in = ParameterIn.QUERY,
            description = "`true`: only those whose showing was not confirmed yet",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @Paged
    @GetMapping("/v1/notices")
    Page<Notice> list(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        Boolean unread = parameters.value("unread", NoticeEndpoint::flag, "true or false");
        UUID before = parameters.cursor(QueryParameters::parseUuid);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        String reach = person.unit() == null ? "" : person.unit().digits();
        return notices.listLive(person.name(), reach, Boolean.TRUE.equals(unread), before, limit);
    }

    @Operation(operationId = "confirmNotice", summary = "A live notice was shown", description = """
                    Sent by the page that shows it. It becomes a line `NOTIFIED` in the incident's timeline. Again: nothing changes.""")
    @PostMapping("/v1/notices/{id}/receipt")
    Receipt confirm(
            @PathVariable UUID id,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        if (!notices.confirm(id, person.name())) {
            throw Problem.notFound("notice", id);
        }
        return new Receipt(id, Notice.Status.DELIVERED);
    }

    /** What became of a notice. */
    record Receipt(UUID noticeId, Notice.Status status) {}

    /** {@code ?unread} alone means yes. */
    private static boolean flag(String text) {
        return switch (text) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }
}
