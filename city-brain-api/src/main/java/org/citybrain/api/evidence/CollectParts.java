package org.citybrain.api.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a piece in part by part, and puts the parts together when the last one has come. */
@Component
class CollectParts {

    /** Where parts lie in the store: {@code uploads/{upload}/{offset}-{random}}. */
    static final String UPLOADS = "uploads";

    private static final Logger LOG = LoggerFactory.getLogger(CollectParts.class);

    private final PostgresEvidence evidence;
    private final EvidenceFiles files;
    private final LimitEvidence limits;
    private final EvidenceSettings settings;
    private final Clock clock;

    CollectParts(
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

    /**
     * The next part of a piece. What has come before the network broke counts.
     *
     * @return the upload after it
     */
    EvidenceUpload add(EvidenceUpload upload, InputStream body) throws IOException {
        if (upload.isWhole()) {
            return upload;
        }
        Path file = files.newFile();
        try {
            long left = upload.sizeBytes() - upload.receivedBytes();
            EvidenceFiles.receiveAsFarAsItComes(body, file, left + 1);
            long size = Files.size(file);
            if (size > left) {
                throw Problem.of(
                        ProblemReason.EVIDENCE_DIFFERS,
                        "the part is longer than what is missing: expected at most " + left + " bytes",
                        null);
            }
            return size == left ? completeOnce(upload, file) : keepPart(upload, file, size);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private EvidenceUpload keepPart(EvidenceUpload upload, Path file, long size) {
        if (size == 0) {
            return upload;
        }
        limits.checkParts(upload);
        String part = UPLOADS + "/" + upload.id() + "/" + upload.receivedBytes() + "-" + UUID.randomUUID();
        files.store(part, file);
        Instant expires = clock.instant().plus(settings.uploadPatience());
        long received = upload.receivedBytes() + size;
        if (!evidence.addPart(upload, part, received, expires)) {
            files.drop(part);
            throw Problem.of(
                    ProblemReason.UPLOAD_OFFSET,
                    "another part for offset " + upload.receivedBytes() + " was faster: expected the next one",
                    null);
        }
        List<String> parts = new ArrayList<>(upload.parts());
        parts.add(part);
        return new EvidenceUpload(
                upload.id(),
                upload.person(),
                upload.sha256(),
                upload.type(),
                upload.sizeBytes(),
                received,
                parts,
                expires);
    }

    /** Of the same last part sent twice at once, one may find the parts gone when the other is ready. */
    private EvidenceUpload completeOnce(EvidenceUpload upload, Path lastPart) throws IOException {
        try {
            return complete(upload, lastPart);
        } catch (PartGone gone) {
            EvidenceUpload now = evidence.findUpload(upload.id(), upload.person(), clock.instant())
                    .orElseThrow(() -> Problem.notFound("upload", upload.id()));
            if (now.isWhole()) {
                return now;
            }
            LOG.error("a part of the upload {} cannot be read", upload.id(), gone);
            throw EvidenceFiles.unreachable(gone);
        }
    }

    /** Puts the parts together and looks at the whole; what is not what was announced is forgotten, so that it can be sent anew. */
    private EvidenceUpload complete(EvidenceUpload upload, Path lastPart) throws IOException {
        Path whole = files.newFile();
        try {
            try (OutputStream all = Files.newOutputStream(whole)) {
                for (String part : upload.parts()) {
                    try (InputStream earlier = openPart(part)) {
                        earlier.transferTo(all);
                    }
                }
                Files.copy(lastPart, all);
            }
            try {
                EvidenceFiles.checkContent(whole, upload.sha256(), upload.type());
            } catch (RuntimeException different) {
                if (evidence.forget(upload)) {
                    upload.parts().forEach(files::drop);
                }
                throw different;
            }
            files.store(EvidenceFiles.key(upload.sha256()), whole);
            evidence.end(upload, clock.instant()).forEach(files::drop);
        } finally {
            Files.deleteIfExists(whole);
        }
        return new EvidenceUpload(
                upload.id(),
                upload.person(),
                upload.sha256(),
                upload.type(),
                upload.sizeBytes(),
                upload.sizeBytes(),
                List.of(),
                upload.expiresAt());
    }

    private InputStream openPart(String part) throws PartGone {
        try {
            return files.open(part);
        } catch (IOException failure) {
            throw new PartGone(failure);
        }
    }

    /** A part that was stored is not there. */
    private static final class PartGone extends IOException {

        private static final long serialVersionUID = 1;

        PartGone(IOException cause) {
            super(cause);
        }
    }
}
