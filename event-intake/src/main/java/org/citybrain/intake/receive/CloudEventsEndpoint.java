package org.citybrain.intake.receive;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.citybrain.intake.admit.CloudEventReader;
import org.citybrain.intake.admit.ReportReading;
import org.citybrain.intake.admit.Sender;
import org.citybrain.intake.publish.NotPublished;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reports as CloudEvents 1.0 over HTTP, in all three content modes. */
@RestController
@Tag(name = "CloudEvents")
final class CloudEventsEndpoint {

    private static final String PATH = "/v1/cloudevents";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCHED = "application/cloudevents-batch+json";

    private final TakeReport takeReport;
    private final TakeBatch takeBatch;
    private final ReceiveLimits limits;

    CloudEventsEndpoint(TakeReport takeReport, TakeBatch takeBatch, ReceiveLimits limits) {
        this.takeReport = takeReport;
        this.takeBatch = takeBatch;
        this.limits = limits;
    }

    @Operation(
            operationId = "postCloudEvents",
            summary = "Take reports as CloudEvents",
            description = """
                    Binary mode: attributes as ce- headers, the report as the body (application/json). Structured mode:
                    application/cloudevents+json. Both are answered like a single report. Batched mode:
                    application/cloudevents-batch+json, answered like a batch of reports (200). The data is a report; one
                    without a reportId gets the UUIDv5 of the event's source and id: name 'source id' (one space between)
                    in the namespace 5b0f6f0e-6d0b-5c5e-9a53-2c7f1f2d9a41. Any type and any extension is let pass.""",
            parameters =
                    @Parameter(
                            name = "dryRun",
                            in = ParameterIn.QUERY,
                            description = "Only judge: nothing is published, stored or counted",
                            schema = @Schema(type = "boolean", defaultValue = "false")),
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = APPLICATION_JSON_VALUE,
                                        schema = @Schema(ref = "#/components/schemas/Report"),
                                        examples =
                                                @ExampleObject(
                                                        name = "report-full",
                                                        ref = "#/components/examples/report-full")),
                                @Content(
                                        mediaType = STRUCTURED,
                                        schema = @Schema(ref = "#/components/schemas/CloudEvent"),
                                        examples =
                                                @ExampleObject(
                                                        name = "cloud-event",
                                                        ref = "#/components/examples/cloud-event")),
                                @Content(
                                        mediaType = BATCHED,
                                        array = @ArraySchema(schema = @Schema(ref = "#/components/schemas/CloudEvent")),
                                        examples =
                                                @ExampleObject(
                                                        name = "cloud-event-batch",
                                                        ref = "#/components/examples/cloud-event-batch"))
                            }),
            responses = {
                @ApiResponse(responseCode = "202", ref = "#/components/responses/ReportAccepted"),
                @ApiResponse(responseCode = "200", ref = "#/components/responses/BatchOrDryRun"),
                @ApiResponse(responseCode = "400", ref = "#/components/responses/Wrong"),
                @ApiResponse(responseCode = "403", ref = "#/components/responses/UnknownSource"),
                @ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge"),
                @ApiResponse(responseCode = "422", ref = "#/components/responses/NotAdmissible"),
                @ApiResponse(responseCode = "429", ref = "#/components/responses/OverRate"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @PostMapping(path = PATH, consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> binary(HttpServletRequest request, @RequestParam(required = false) @Nullable String dryRun)
            throws IOException, NotPublished {
        byte[] body = ReportBytes.read(request, limits.reportBytes());
        ReportReading reading = body == null
                ? tooLarge()
                : CloudEventReader.readBinary(name -> attribute(request, name), body, 0, body.length);
        return takeReport.take(reading, CurrentSender.get(), DryRun.isAsked(dryRun));
    }

    @Hidden // described above: one path, three content modes
    @PostMapping(path = PATH, consumes = STRUCTURED)
    ResponseEntity<Object> structured(
            HttpServletRequest request, @RequestParam(required = false) @Nullable String dryRun)
            throws IOException, NotPublished {
        byte[] body = ReportBytes.read(request, limits.reportBytes());
        ReportReading reading = body == null ? tooLarge() : CloudEventReader.readStructured(body, 0, body.length);
        return takeReport.take(reading, CurrentSender.get(), DryRun.isAsked(dryRun));
    }

    @Hidden // described above
    @PostMapping(path = PATH, consumes = BATCHED)
    ResponseEntity<Object> batched(HttpServletRequest request, @RequestParam(required = false) @Nullable String dryRun)
            throws IOException, NotPublished {
        boolean isDryRun = DryRun.isAsked(dryRun);
        Sender sender = CurrentSender.get();
        if (request.getContentLengthLong() > limits.batchBytes()) {
            return takeReport.take(
                    ReportReading.refused(BatchRefusals.bodyTooLarge(limits.batchBytes())), sender, isDryRun);
        }
        var bytes = new BatchBytes(request.getInputStream(), limits.reportBytes(), limits.batchBytes());
        BatchItems items = JsonArrayItems.open(bytes, limits.batchBytes());
        if (items == null) {
            return takeReport.take(ReportReading.refused(BatchRefusals.notAnArray()), sender, isDryRun);
        }
        return takeBatch.take(
                items,
                item -> CloudEventReader.readStructured(item.bytes(), item.offset(), item.length()),
                sender,
                isDryRun);
    }

    private ReportReading tooLarge() {
        return ReportReading.refused(BatchRefusals.itemTooLarge(limits.reportBytes()));
    }

    /** Header values are percent-encoded (CloudEvents HTTP protocol binding, 3.1.3.2). */
    private static @Nullable String attribute(HttpServletRequest request, String name) {
        String value = request.getHeader("ce-" + name);
        if (value == null || value.indexOf('%') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
