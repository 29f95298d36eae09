package org.citybrain.api.evidence;

import java.time.Clock;
import java.time.Duration;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.springframework.stereotype.Component;

/** How much may be sent: by piece, by person and day, and how many pieces and parts at once. */
@Component
class LimitEvidence {

    private static final Duration DAY = Duration.ofDays(1);

    private final PostgresEvidence evidence;
    private final EvidenceSettings settings;
    private final Clock clock;

    LimitEvidence(PostgresEvidence evidence, EvidenceSettings settings, Clock clock) {
        this.evidence = evidence;
        this.settings = settings;
        this.clock = clock;
    }

    /** Bytes. */
    long largest() {
        return settings.largest().toBytes();
    }

    void checkSize(long size) {
        long most = largest();
        if (size > most) {
            throw Problem.of(
                    ProblemReason.EVIDENCE_TOO_LARGE,
                    "the piece has more than %d bytes: expected at most that many".formatted(most),
                    null);
        }
        if (size < 1) {
            throw Problem.badBody("the piece", "empty", "1 to " + most + " bytes");
        }
    }

    /** Whether the person may send so much more. To be asked in the person's turn, with nothing else of theirs at once. */
    void checkQuota(Person person, long size, Sha256 sha256) {
        long most = settings.ofPersonADay().toBytes();
        long sent = evidence.bytesSince(person.name(), clock.instant().minus(DAY), sha256);
        if (sent + size > most) {
            throw Problem.of(
                    ProblemReason.EVIDENCE_QUOTA,
                    "%s has sent %d bytes within 24 h, and this piece has %d: expected at most %d in all"
                            .formatted(person.name(), sent, size, most),
                    null);
        }
        if (evidence.openUploads(person.name(), sha256) >= settings.openUploads()) {
            throw Problem.of(
                    ProblemReason.EVIDENCE_QUOTA,
                    "%s has %d pieces on their way: expected one of them to be finished first"
                            .formatted(person.name(), settings.openUploads()),
                    null);
        }
    }

    /** Whether one more part may come that is not the last one. */
    void checkParts(EvidenceUpload upload) {
        if (upload.parts().size() + 1 >= settings.parts()) {
            throw Problem.of(
                    ProblemReason.EVIDENCE_QUOTA,
                    "%d parts have come: expected the whole rest, from %d on, as the last one"
                            .formatted(upload.parts().size(), upload.receivedBytes()),
                    null);
        }
    }
}
