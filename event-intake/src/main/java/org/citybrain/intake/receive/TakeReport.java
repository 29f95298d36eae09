package org.citybrain.intake.receive;

import static org.springframework.http.MediaType.APPLICATION_JSON;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.citybrain.intake.admit.AdmissionGate;
import org.citybrain.intake.admit.ReportReading;
import org.citybrain.intake.admit.Verdict;
import org.citybrain.intake.problem.NotReady;
import org.citybrain.intake.problem.Problem;
import org.citybrain.intake.publish.NotPublished;
import org.citybrain.intake.publish.Placement;
import org.citybrain.intake.publish.Publication;
import org.citybrain.intake.publish.PublishReports;
import org.citybrain.intake.publish.TraceParent;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.ReportReceived;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Takes one report from its reading to the answer. */
final class TakeReport {

    private static final Duration RATE_WINDOW = Duration.ofSeconds(1);

    private final AdmissionGate gate;
    private final PublishReports publish;
    private final TraceParent traceParent;
    private final IntakeMeters meters;
    private final Clock clock;
    private final URI statusUrlBase;

    TakeReport(
            AdmissionGate gate,
            PublishReports publish,
            TraceParent traceParent,
            IntakeMeters meters,
            Clock clock,
            URI statusUrlBase) {
        this.gate = gate;
        this.publish = publish;
        this.traceParent = traceParent;
        this.meters = meters;
        this.clock = clock;
        this.statusUrlBase = statusUrlBase;
    }

    /** The answer names its media type itself: an Accept that does not fit must not turn a report that is safe into a 406. */
    ResponseEntity<Object> take(ReportReading reading, boolean dryRun) throws NotPublished {
        gate.findWhatIsMissing().ifPresent(missing -> {
            throw new NotReady(missing);
        });
        Verdict verdict = gate.judge(reading, clock.instant().truncatedTo(ChronoUnit.MILLIS), dryRun);
        if (dryRun) {
            return ResponseEntity.ok().contentType(APPLICATION_JSON).body(DryRunVerdict.of(verdict));
        }
        Publication publication = publish.begin(traceParent.current());
        return switch (verdict) {
            case Verdict.Admitted admitted -> {
                publication.send(admitted.received());
                publication.await();
                meters.countAdmitted(1);
                yield ResponseEntity.accepted()
                        .contentType(APPLICATION_JSON)
                        .body(accepted(admitted.received(), publication.placement()));
            }
            case Verdict.Refused refused -> {
                publication.send(refused.message());
                publication.await();
                meters.countRefused(refused.rejection().reason());
                yield refusal(refused);
            }
        };
    }

    private ReportAccepted accepted(ReportReceived received, Placement placement) {
        URI statusUrl = URI.create(statusUrlBase + "/v1/reports/" + received.reportId() + "?partition="
                + placement.partition() + "&offset=" + placement.offset());
        return new ReportAccepted(received.reportId(), received.receivedAt(), statusUrl);
    }

    private static ResponseEntity<Object> refusal(Verdict.Refused refused) {
        RejectionReason reason = refused.rejection().reason();
        HttpStatus status = Refusals.status(reason);
        Problem problem = Problem.of(status, refused.rejection(), refused.reportId());
        return reason == RejectionReason.OVER_RATE ? problem.responseRetryAfter(RATE_WINDOW) : problem.response();
    }
}
