package org.citybrain.api.report;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.report.FindReportState.TopicRecord;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Reports", description = "What became of a report")
class ReportEndpoint {

    private final FindReportState state;

    ReportEndpoint(FindReportState state) {
        this.state = state;
    }

    @Operation(operationId = "getReport", summary = "What became of a report", description = """
                    `RECEIVED` while it lies on the topic and waits; `OPENED` when it opened an incident; `MERGED` when it \
                    belongs to one that was open already; `REJECTED` when it was refused, at the gate or after it, or parked \
                    and then discarded by a person; `PARKED` when it could not be processed and waits for a person.

                    A report that was sent again under the same id shows what became of the first one. A report is \
                    remembered for 7 days. `RECEIVED` needs `partition` and `offset`, which intake's `statusUrl` carries: \
                    without them an id that has not been processed is unknown (404).""")
    @Parameter(
            name = "partition",
            in = ParameterIn.QUERY,
            description = "of the topic report-received, from statusUrl",
            schema = @Schema(type = "integer", minimum = "0", example = "3"))
    @Parameter(
            name = "offset",
            in = ParameterIn.QUERY,
            description = "on that partition, from statusUrl",
            schema = @Schema(type = "integer", format = "int64", minimum = "0", example = "1842"))
    @GetMapping("/v1/reports/{reportId}")
    ReportState get(@PathVariable UUID reportId, @Parameter(hidden = true) QueryParameters parameters) {
        TopicRecord record = readRecord(parameters);
        parameters.refuseUnknown();
        return state.find(reportId, record).orElseThrow(() -> Problem.notFound("report", reportId));
    }

    private static @Nullable TopicRecord readRecord(QueryParameters parameters) {
        Integer partition = parameters.value("partition", Integer::parseUnsignedInt, "a partition's number, 0 or more");
        Long offset = parameters.value("offset", Long::parseUnsignedLong, "an offset, 0 or more");
        if (partition == null && offset == null) {
            return null;
        }
        if (partition == null || partition < 0) {
            throw Problem.badParameter(
                    "partition", "" + partition, "a partition's number, 0 or more, beside the offset");
        }
        if (offset == null || offset < 0) {
            throw Problem.badParameter("offset", "" + offset, "an offset, 0 or more, beside the partition");
        }
        return new TopicRecord(partition, offset);
    }
}
