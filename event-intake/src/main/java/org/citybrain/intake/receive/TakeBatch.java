package org.citybrain.intake.receive;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.citybrain.intake.admit.AdmissionGate;
import org.citybrain.intake.admit.ReportReading;
import org.citybrain.intake.admit.Sender;
import org.citybrain.intake.admit.Verdict;
import org.citybrain.intake.problem.NotReady;
import org.citybrain.intake.publish.NotPublished;
import org.citybrain.intake.publish.Publication;
import org.citybrain.intake.publish.PublishReports;
import org.citybrain.intake.publish.TraceParent;
import org.citybrain.intake.receive.BatchAnswer.RejectedItem;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Takes a batch item by item: each is judged and sent at once, and Kafka's acknowledgements are awaited together. */
final class TakeBatch {

    private final AdmissionGate gate;
    private final PublishReports publish;
    private final TraceParent traceParent;
    private final IntakeMeters meters;
    private final Clock clock;
    private final int mostItems;

    TakeBatch(
            AdmissionGate gate,
            PublishReports publish,
            TraceParent traceParent,
            IntakeMeters meters,
            Clock clock,
            int mostItems) {
        this.gate = gate;
        this.publish = publish;
        this.traceParent = traceParent;
        this.meters = meters;
        this.clock = clock;
        this.mostItems = mostItems;
    }

    /** @param read how to read an item that is whole */
    ResponseEntity<Object> take(
            BatchItems items, Function<BatchItem, ReportReading> read, Sender sender, boolean dryRun)
            throws IOException, NotPublished {
        gate.findWhatIsMissing().ifPresent(missing -> {
            throw new NotReady(missing);
        });
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Publication publication = publish.begin(traceParent.current());
        List<RejectedItem> rejected = new ArrayList<>();
        int accepted = 0;
        int index = 0;
        for (BatchItem item = items.next(); item != null && index <= mostItems; item = items.next()) {
            ReportReading reading = index == mostItems
                    ? ReportReading.refused(BatchRefusals.tooManyItems(mostItems))
                    : read(item, read);
            switch (gate.judge(reading, sender, receivedAt, dryRun)) {
                case Verdict.Admitted admitted -> {
                    accepted++;
                    if (!dryRun) {
                        publication.send(admitted.received());
                    }
                }
                case Verdict.Refused refused -> {
                    rejected.add(rejectedItem(index, refused));
                    if (!dryRun) {
                        publication.send(refused.message());
                    }
                }
            }
            index++;
        }
        if (!dryRun) {
            publication.await();
            meters.countBatch(index);
            meters.countAdmitted(accepted);
            rejected.forEach(item -> meters.countRefused(item.reason()));
        }
        RateHeaders.tell(gate.findAllowance(sender, receivedAt));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new BatchAnswer(accepted, rejected));
    }

    private static ReportReading read(BatchItem item, Function<BatchItem, ReportReading> read) {
        return item.rejection() == null ? read.apply(item) : ReportReading.refused(item.rejection());
    }

    private static RejectedItem rejectedItem(int index, Verdict.Refused refused) {
        return new RejectedItem(
                index,
                refused.reportId(),
                refused.rejection().reason(),
                refused.rejection().detail());
    }
}
