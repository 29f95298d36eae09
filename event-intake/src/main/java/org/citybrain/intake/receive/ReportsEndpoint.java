package org.citybrain.intake.receive;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.citybrain.intake.admit.ReportReader;
import org.citybrain.intake.admit.ReportReading;
import org.citybrain.intake.admit.Sender;
import org.citybrain.intake.publish.NotPublished;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reports, one by one and in batches. The bodies are read from the stream: they never become a tree. {@code required = false} says what
 * {@code @Nullable} says, but is not looked up by reflection again for every report.
 */
@RestController
@Tag(name = "Reports")
final class ReportsEndpoint {

    private static final String NDJSON = "application/x-ndjson";

    private final TakeReport takeReport;
    private final TakeBatch takeBatch;
    private final ReceiveLimits limits;

    ReportsEndpoint(TakeReport takeReport, TakeBatch takeBatch, ReceiveLimits limits) {
        this.takeReport = takeReport;
        this.takeBatch = takeBatch;
        this.limits = limits;
    }

    @Operation(
            operationId = "postReport",
            summary = "Take one report",
            description = "Answered 202 when Kafka has acknowledged. A report without a reportId gets one.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(ref = "#/components/schemas/Report"),
                                        examples = {
                                            @ExampleObject(
                                                    name = "report-full",
                                                    ref = "#/components/examples/report-full"),
                                            @ExampleObject(
                                                    name = "report-least",
                                                    ref = "#/components/examples/report-least"),
                                            @ExampleObject(
                                                    name = "report-polygon",
                                                    ref = "#/components/examples/report-polygon")
                                        })
                            }),
            responses = {
                @ApiResponse(responseCode = "202", ref = "#/components/responses/ReportAccepted"),
                @ApiResponse(responseCode = "200", ref = "#/components/responses/DryRun"),
                @ApiResponse(responseCode = "400", ref = "#/components/responses/Wrong"),
                @ApiResponse(responseCode = "403", ref = "#/components/responses/UnknownSource"),
                @ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge"),
                @ApiResponse(responseCode = "422", ref = "#/components/responses/NotAdmissible"),
                @ApiResponse(responseCode = "429", ref = "#/components/responses/OverRate"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @PostMapping(path = "/v1/reports", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> report(
            HttpServletRequest request,
            @Parameter(
                            description = "Only judge: nothing is published, stored or counted",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @RequestParam(required = false)
                    @Nullable
                    String dryRun)
            throws IOException, NotPublished {
        byte[] body = ReportBytes.read(request, limits.reportBytes());
        ReportReading reading = body == null
                ? ReportReading.refused(BatchRefusals.itemTooLarge(limits.reportBytes()))
                : ReportReader.read(body, 0, body.length);
        return takeReport.take(reading, CurrentSender.get(), DryRun.isAsked(dryRun));
    }

    @Operation(
            operationId = "postReports",
            summary = "Take a batch of reports",
            description = """
                    A JSON array, or one report a line. Read as a stream: a bad item, even one that is not JSON, does not
                    hurt its neighbours. Up to 5,000 reports and 8 MiB. Where an array breaks off, what came before counts
                    and the broken rest is one refusal at its index. From the 5,001st report on, and from the report on
                    that crosses 8 MiB, nothing is read: that is one refusal PAYLOAD_TOO_LARGE at its index, and what came
                    before counts. A batch whose Content-Length says that it is over 8 MiB is refused as a whole with 413.
                    The same reportId twice in a batch is fine: it counts once. A dry run is answered in the same form.""",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = APPLICATION_JSON_VALUE,
                                        array = @ArraySchema(schema = @Schema(ref = "#/components/schemas/Report")),
                                        examples =
                                                @ExampleObject(
                                                        name = "report-batch",
                                                        ref = "#/components/examples/report-batch")),
                                @Content(
                                        mediaType = NDJSON,
                                        schema = @Schema(ref = "#/components/schemas/Report"),
                                        examples =
                                                @ExampleObject(
                                                        name = "report-lines",
                                                        ref = "#/components/examples/report-lines"))
                            }),
            responses = {
                @ApiResponse(responseCode = "200", ref = "#/components/responses/BatchAnswer"),
                @ApiResponse(responseCode = "400", ref = "#/components/responses/Wrong"),
                @ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @PostMapping(
            path = "/v1/reports/batch",
            consumes = {APPLICATION_JSON_VALUE, NDJSON})
    ResponseEntity<Object> batch(
            HttpServletRequest request,
            @Parameter(
                            description = "Only judge: nothing is published, stored or counted",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @RequestParam(required = false)
                    @Nullable
                    String dryRun)
            throws IOException, NotPublished {
        boolean isDryRun = DryRun.isAsked(dryRun);
        Sender sender = CurrentSender.get();
        if (request.getContentLengthLong() > limits.batchBytes()) {
            return takeReport.take(
                    ReportReading.refused(BatchRefusals.bodyTooLarge(limits.batchBytes())), sender, isDryRun);
        }
        var bytes = new BatchBytes(request.getInputStream(), limits.reportBytes(), limits.batchBytes());
        BatchItems items = isNdjson(request)
                ? new NdjsonItems(bytes, limits.batchBytes())
                : JsonArrayItems.open(bytes, limits.batchBytes());
        if (items == null) {
            return takeReport.take(ReportReading.refused(BatchRefusals.notAnArray()), sender, isDryRun);
        }
        return takeBatch.take(
                items, item -> ReportReader.read(item.bytes(), item.offset(), item.length()), sender, isDryRun);
    }

    private static boolean isNdjson(HttpServletRequest request) {
        return MediaType.parseMediaType(NDJSON).includes(MediaType.parseMediaType(request.getContentType()));
    }
}
