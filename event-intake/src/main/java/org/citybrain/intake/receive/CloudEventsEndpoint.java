package org.citybrain.intake.receive;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.citybrain.intake.admit.CloudEventReader;
import org.citybrain.intake.admit.ReportReading;
import org.citybrain.intake.publish.NotPublished;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reports as CloudEvents 1.0 over HTTP, in all three content modes. */
@RestController
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

    @PostMapping(path = PATH, consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> binary(HttpServletRequest request, @RequestParam @Nullable String dryRun)
            throws IOException, NotPublished {
        byte[] body = RequestBody.read(request, limits.reportBytes());
        ReportReading reading = body == null
                ? tooLarge()
                : CloudEventReader.readBinary(name -> attribute(request, name), body, 0, body.length);
        return takeReport.take(reading, DryRun.isAsked(dryRun));
    }

    @PostMapping(path = PATH, consumes = STRUCTURED)
    ResponseEntity<Object> structured(HttpServletRequest request, @RequestParam @Nullable String dryRun)
            throws IOException, NotPublished {
        byte[] body = RequestBody.read(request, limits.reportBytes());
        ReportReading reading = body == null ? tooLarge() : CloudEventReader.readStructured(body, 0, body.length);
        return takeReport.take(reading, DryRun.isAsked(dryRun));
    }

    @PostMapping(path = PATH, consumes = BATCHED)
    ResponseEntity<Object> batched(HttpServletRequest request, @RequestParam @Nullable String dryRun)
            throws IOException, NotPublished {
        boolean isDryRun = DryRun.isAsked(dryRun);
        if (request.getContentLengthLong() > limits.batchBytes()) {
            return takeReport.take(ReportReading.refused(BatchRefusals.bodyTooLarge(limits.batchBytes())), isDryRun);
        }
        var bytes = new BatchBytes(request.getInputStream(), limits.reportBytes(), limits.batchBytes());
        BatchItems items = JsonArrayItems.open(bytes, limits.batchBytes());
        if (items == null) {
            return takeReport.take(ReportReading.refused(BatchRefusals.notAnArray()), isDryRun);
        }
        return ResponseEntity.ok(takeBatch.take(
                items, item -> CloudEventReader.readStructured(item.bytes(), item.offset(), item.length()), isDryRun));
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
