package org.citybrain.intake.receive;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.citybrain.intake.admit.ReportReader;
import org.citybrain.intake.admit.ReportReading;
import org.citybrain.intake.publish.NotPublished;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reports, one by one and in batches. The bodies are read from the stream: they never become a tree. */
@RestController
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

    @PostMapping(path = "/v1/reports", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> report(HttpServletRequest request, @RequestParam @Nullable String dryRun)
            throws IOException, NotPublished {
        byte[] body = RequestBody.read(request, limits.reportBytes());
        ReportReading reading = body == null
                ? ReportReading.refused(BatchRefusals.itemTooLarge(limits.reportBytes()))
                : ReportReader.read(body, 0, body.length);
        return takeReport.take(reading, DryRun.isAsked(dryRun));
    }

    @PostMapping(
            path = "/v1/reports/batch",
            consumes = {APPLICATION_JSON_VALUE, NDJSON})
    ResponseEntity<Object> batch(HttpServletRequest request, @RequestParam @Nullable String dryRun)
            throws IOException, NotPublished {
        boolean isDryRun = DryRun.isAsked(dryRun);
        if (request.getContentLengthLong() > limits.batchBytes()) {
            return takeReport.take(ReportReading.refused(BatchRefusals.bodyTooLarge(limits.batchBytes())), isDryRun);
        }
        var bytes = new BatchBytes(request.getInputStream(), limits.reportBytes(), limits.batchBytes());
        BatchItems items = isNdjson(request)
                ? new NdjsonItems(bytes, limits.batchBytes())
                : JsonArrayItems.open(bytes, limits.batchBytes());
        if (items == null) {
            return takeReport.take(ReportReading.refused(BatchRefusals.notAnArray()), isDryRun);
        }
        return ResponseEntity.ok(
                takeBatch.take(items, item -> ReportReader.read(item.bytes(), item.offset(), item.length()), isDryRun));
    }

    private static boolean isNdjson(HttpServletRequest request) {
        return MediaType.parseMediaType(NDJSON).includes(MediaType.parseMediaType(request.getContentType()));
    }
}
