package org.citybrain.intake.receive;

import static org.springframework.http.MediaType.APPLICATION_JSON;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.citybrain.access.limit.Allowance;
import org.citybrain.intake.IntakeSettings;
import org.citybrain.intake.admit.AdmissionGate;
import org.citybrain.intake.admit.ReportReading;
import org.citybrain.intake.admit.Sender;
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
import org.springframework.http.ResponseEntity;

/** Takes one report from its reading to the answer. */
final class TakeReport {

    private final AdmissionGate gate;
    private final PublishReports publish;
    private final TraceParent traceParent;
    private final IntakeMeters meters;
    private final Clock clock;
    private final URI statusUrlBase;
    private final URI ownUrl;

    TakeReport(
            AdmissionGate gate,
            PublishReports publish,
            TraceParent traceParent,
            IntakeMeters meters,
            Clock clock,
            IntakeSettings settings) {
        this.gate = gate;
        this.publish = publish;
        this.traceParent = traceParent;
        this.meters = meters;
        this.clock = clock;
        this.statusUrlBase = settings.statusUrlBase();
        this.ownUrl = settings.ownUrl();
    }

    /** The answer names its media type itself: an Accept that does not fit must not turn a report that is safe into a 406. */
    ResponseEntity<Object> take(ReportReading reading, Sender sender, boolean dryRun) throws NotPublished {
        gate.findWhatIsMissing().ifPresent(missing -> {
            throw new NotReady(missing);
        });
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Verdict verdict = gate.judge(reading, sender, receivedAt, dryRun);
        Allowance allowance = gate.findAllowance(sender, receivedAt);
        if (isOverRate(verdict)) {
            RateHeaders.tellRefused(allowance);
        } else {
            RateHeaders.tell(allowance);
        }
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
                        .body(accepted(admitted.received(), sender, publication.placement()));
            }
            case Verdict.Refused refused -> {
                RejectionReason reason = refused.rejection().reason();
                publication.send(refused.message());
                publication.await();
                meters.countRefused(reason);
                yield Problem.of(Refusals.status(reason), refused.rejection(), refused.reportId())
                        .response();
            }
        };
    }

    private static boolean isOverRate(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused && refused.rejection().reason() == RejectionReason.OVER_RATE;
    }

    /** A person asks city-brain-api, a gateway asks here: its key opens nothing else. */
    private ReportAccepted accepted(ReportReceived received, Sender sender, Placement placement) {
        URI statusUrl = URI.create((sender.isGateway() ? ownUrl : statusUrlBase) + "/v1/reports/" + received.reportId()
                + "?partition=" + placement.partition() + "&offset=" + placement.offset());
        return new ReportAccepted(received.reportId(), received.receivedAt(), statusUrl);
    }
}
