package org.citybrain.api.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes evidence in, whole or announced, to come part by part ({@link CollectParts}), and hands it out. What is stored is what was
 * announced: its type, its size and its SHA-256 are those of the bytes themselves.
 */
@Component
class KeepEvidence {

    private static final Logger LOG = LoggerFactory.getLogger(KeepEvidence.class);

    private final PostgresEvidence evidence;
    private final EvidenceFiles files;
    private final LimitEvidence limits;
    private final EvidenceSettings settings;
    private final Clock clock;

    KeepEvidence(
            PostgresEvidence evidence,
            EvidenceFiles files,
            LimitEvidence limits,
            EvidenceSettings settings,
            Clock clock) {
        this.evidence = evidence;
        this.files = files;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    /** A whole piece at once. Sent again, it is answered as the first time. */
    EvidencePiece put(Sha256 sha256, EvidenceType type, Person person, InputStream body) throws IOException {
        Path file = files.newFile();
        try {
            long most = limits.largest();
            long size = EvidenceFiles.receive(body, file, most + 1);
            limits.checkSize(size);
            EvidenceFiles.checkContent(file, sha256, type);
            EvidencePiece known = evidence.findOwn(sha256, person.name()).orElse(null);
            if (known != null) {
                return known;
            }
            // From here on it counts, whatever else is sent at once.
            EvidenceUpload upload = begin(sha256, type, size, person);
            files.store(EvidenceFiles.key(sha256), file);
            evidence.end(upload, clock.instant()).forEach(files::drop);
        } finally {
            Files.deleteIfExists(file);
        }
        return evidence.findOwn(sha256, person.name()).orElseThrow();
    }

    /** Announces a piece that comes in parts. Announced again, it is the same upload. */
    EvidenceUpload begin(Sha256 sha256, EvidenceType type, long size, Person person) {
        limits.checkSize(size);
        EvidenceUpload upload =
                evidence.inTurn(person.name(), () -> announce(sha256, type, size, person, clock.instant()));
        if (upload.sizeBytes() != size || upload.type() != type) {
            throw Problem.of(
                    ProblemReason.EVIDENCE_DIFFERS,
                    "%s was announced with %d bytes of %s before: expected the same"
                            .formatted(sha256, upload.sizeBytes(), upload.type().mediaType()),
                    null);
        }
        return upload;
    }

    private EvidenceUpload announce(Sha256 sha256, EvidenceType type, long size, Person person, Instant now) {
        boolean known = evidence.findOwn(sha256, person.name()).isPresent();
        if (!known) {
            limits.checkQuota(person, size, sha256);
        }
        return evidence.begin(
                new EvidenceUpload(
                        UUID.randomUUID(),
                        person.name(),
                        sha256,
                        type,
                        size,
                        known ? size : 0,
                        List.of(),
                        now.plus(settings.uploadPatience())),
                now);
    }

    EvidenceUpload get(UUID id, Person person) {
        return evidence.findUpload(id, person.name(), clock.instant())
                .orElseThrow(() -> Problem.notFound("upload", id));
    }

    EvidencePiece getSeen(Sha256 sha256, Person person) {
        return evidence.findSeen(sha256, person.name()).orElseThrow(() -> Problem.notFound("evidence", sha256));
    }

    InputStream open(EvidencePiece piece) {
        try {
            return files.open(EvidenceFiles.key(new Sha256(piece.sha256())));
        } catch (IOException failure) {
            LOG.error("the evidence {} is known but cannot be read", piece.sha256(), failure);
            throw EvidenceFiles.unreachable(failure);
        }
    }
}
