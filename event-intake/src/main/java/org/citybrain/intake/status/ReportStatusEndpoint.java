package org.citybrain.intake.status;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.citybrain.intake.key.Gateway;
import org.citybrain.intake.publish.Placement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What became of a gateway's own report. */
@RestController
@Tag(name = "Reports")
final class ReportStatusEndpoint {

    private final FindReportState state;

    ReportStatusEndpoint(FindReportState state) {
        this.state = state;
    }

    @Operation(
            operationId = "getReport",
            summary = "What became of one's own report",
            description = """
                    For gateways, with their key; people ask city-brain-api. RECEIVED while it waits on the topic, which
                    needs partition and offset of the statusUrl; OPENED, MERGED, REJECTED or PARKED afterwards. Another's
                    report, or one that is older than 7 days, is not found. 503 where Kafka does not tell in time whether it waits there.""",
            responses = {
                @ApiResponse(responseCode = "200", ref = "#/components/responses/ReportState"),
                @ApiResponse(responseCode = "404", ref = "#/components/responses/NoSuchReport"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @GetMapping("/v1/reports/{reportId}")
    ReportState get(
            @PathVariable UUID reportId,
            @Parameter(description = "Of the statusUrl") @RequestParam(required = false) @Nullable Integer partition,
            @Parameter(description = "Of the statusUrl") @RequestParam(required = false) @Nullable Long offset,
            @Parameter(hidden = true) @AuthenticationPrincipal Gateway gateway) {
        return state.find(reportId, gateway.sourceId(), placement(partition, offset))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "you sent no such report"));
    }

    private static @Nullable Placement placement(@Nullable Integer partition, @Nullable Long offset) {
        if (partition == null && offset == null) {
            return null;
        }
        if (partition == null || offset == null || partition < 0 || offset < 0) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "partition and offset: expected both of a statusUrl, or neither");
        }
        return new Placement(partition, offset);
    }
}
