package org.citybrain.api.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citybrain.access.Person;
import org.citybrain.access.limit.BodyCutOff;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes evidence in, whole or part by part, and hands it out. What is stored is what was announced: its type, its size and its SHA-256
 * are those of the bytes themselves.
 */
@Component
class KeepEvidence {

    private static final Logger LOG = LoggerFactory.getLogger(KeepEvidence.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String UPLOADS = "uploads";
    private static final Pattern PART = Pattern.compile(UPLOADS + "/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.+");

    /** Longer than any part may be on its way and be put into the store. */
    private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

    private final PostgresEvidence evidence;
    private final EvidenceStore store;
    private final EvidenceSettings settings;
    private final Clock clock;

    KeepEvidence(PostgresEvidence evidence, EvidenceStore store, EvidenceSettings settings, Clock clock) {
        this.evidence = evidence;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** A whole piece at once. Sent again, it is answered as the first time. */
    EvidencePiece put(Sha256 sha256, EvidenceType type, Person person, InputStream body) throws IOException {
        Path file = newFile();
        try {
            long most = settings.largest().toBytes();
            long size = receive(body, file, most + 1);
            checkSize(size);
            checkContent(file, sha256, type);
            EvidencePiece known = evidence.findOwn(sha256, person.name()).orElse(null);
            if (known != null) {
                return known;
            }
            // From here on it counts, whatever else is sent at once.
            EvidenceUpload upload = begin(sha256, type, size, person);
            store(key(sha256), file);
            evidence.end(upload, clock.instant()).forEach(this::drop);
        } finally {
            Files.deleteIfExists(file);
        }
        return evidence.findOwn(sha256, person.name()).orElseThrow();
    }

    /** Announces a piece that comes in parts. Announced again, it is the same upload. */
    EvidenceUpload begin(Sha256 sha256, EvidenceType type, long size, Person person) {
        checkSize(size);
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
            checkQuota(person, size, sha256);
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

    /**
     * The next part of a piece. What has come before the network broke counts.
     *
     * @return the upload after it
     */
    EvidenceUpload add(EvidenceUpload upload, InputStream body) throws IOException {
        if (upload.isWhole()) {
            return upload;
        }
        Path file = newFile();
        try {
            long left = upload.sizeBytes() - upload.receivedBytes();
            receiveAsFarAsItComes(body, file, left + 1);
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

    EvidencePiece getSeen(Sha256 sha256, Person person) {
        return evidence.findSeen(sha256, person.name()).orElseThrow(() -> Problem.notFound("evidence", sha256));
    }

    InputStream open(EvidencePiece piece) {
        try {
            return store.open(key(new Sha256(piece.sha256())));
        } catch (IOException failure) {
            LOG.error("the evidence {} is known but cannot be read", piece.sha256(), failure);
            throw unreachable(failure);
        }
    }

    /** Forgets what was waited for in vain. */
    @Scheduled(fixedDelayString = "${city-brain.api.evidence.forget-every:1m}")
    void forgetExpired() {
        for (EvidenceUpload upload : evidence.takeExpired(clock.instant())) {
            upload.parts().forEach(this::drop);
        }
    }

    /** Deletes what a service that was killed has left: its own files, and parts of which nobody knows any more. */
    @Scheduled(fixedDelayString = "${city-brain.api.evidence.forget-left-every:1h}")
    void forgetLeft() {
        Instant since = clock.instant().minus(LONGEST_REQUEST);
        try {
            store.deleteUnfinished(since);
            Map<UUID, List<String>> parts = new HashMap<>();
            for (String key : store.untouched(UPLOADS, since)) {
                Matcher part = PART.matcher(key);
                if (part.matches()) {
                    parts.computeIfAbsent(UUID.fromString(part.group(1)), upload -> new ArrayList<>())
                            .add(key);
                }
            }
            parts.keySet().removeAll(evidence.known(parts.keySet()));
            parts.values().forEach(left -> left.forEach(this::drop));
        } catch (IOException failure) {
            LOG.warn("what was left in the evidence store stays there: {}", failure.toString());
        }
    }

    private EvidenceUpload keepPart(EvidenceUpload upload, Path file, long size) {
        if (size == 0) {
            return upload;
        }
        if (upload.parts().size() + 1 >= settings.parts()) {
            throw Problem.of(
                    ProblemReason.EVIDENCE_QUOTA,
                    "%d parts have come: expected the whole rest, from %d on, as the last one"
                            .formatted(upload.parts().size(), upload.receivedBytes()),
                    null);
        }
        String part = UPLOADS + "/" + upload.id() + "/" + upload.receivedBytes() + "-" + UUID.randomUUID();
        store(part, file);
        Instant expires = clock.instant().plus(settings.uploadPatience());
        long received = upload.receivedBytes() + size;
        if (!evidence.addPart(upload, part, received, expires)) {
            drop(part);
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
            throw unreachable(gone);
        }
    }

    /** Puts the parts together and looks at the whole; what is not what was announced is forgotten, so that it can be sent anew. */
    private EvidenceUpload complete(EvidenceUpload upload, Path lastPart) throws IOException {
        Path whole = newFile();
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
                checkContent(whole, upload.sha256(), upload.type());
            } catch (RuntimeException different) {
                if (evidence.forget(upload)) {
                    upload.parts().forEach(this::drop);
                }
                throw different;
            }
            store(key(upload.sha256()), whole);
            evidence.end(upload, clock.instant()).forEach(this::drop);
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
            return store.open(part);
        } catch (IOException failure) {
            throw new PartGone(failure);
        }
    }

    private void checkSize(long size) {
        long most = settings.largest().toBytes();
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

    private void checkQuota(Person person, long size, Sha256 sha256) {
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

    private static void checkContent(Path file, Sha256 sha256, EvidenceType type) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] head;
        try (InputStream content = Files.newInputStream(file)) {
            head = content.readNBytes(EvidenceType.HEAD_BYTES);
            digest.update(head);
            content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        Sha256 found = Sha256.of(digest);
        if (!found.equals(sha256)) {
            throw Problem.of(
                    ProblemReason.EVIDENCE_DIFFERS,
                    "what came has the SHA-256 %s: expected %s, send it anew".formatted(found, sha256),
                    null);
        }
        if (!type.begins(head)) {
            throw Problem.of(
                    ProblemReason.EVIDENCE_TYPE,
                    "what came does not begin as %s does: expected %s"
                            .formatted(type.mediaType(), EvidenceType.expected()),
                    null);
        }
    }

    /** A sender whose network broke off is not there to be told; they ask later how far it has come. */
    private static void receiveAsFarAsItComes(InputStream body, Path file, long most) {
        try {
            receive(body, file, most);
        } catch (IOException | BodyCutOff brokenOff) {
            LOG.debug("a part broke off: {}", brokenOff.toString());
        }
    }

    /** Writes what comes, at most so many bytes; what came before it broke off is in the file. */
    private static long receive(InputStream body, Path file, long most) throws IOException {
        try (OutputStream to = Files.newOutputStream(file)) {
            byte[] buffer = new byte[16 * 1024];
            long size = 0;
            int read;
            while (size < most && (read = body.read(buffer, 0, (int) Math.min(buffer.length, most - size))) >= 0) {
                to.write(buffer, 0, read);
                size += read;
            }
            return size;
        }
    }

    private Path newFile() {
        try {
            return store.newFile();
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    private void store(String key, Path file) {
        try {
            store.put(key, file);
        } catch (IOException failure) {
            LOG.error("evidence could not be stored as {}", key, failure);
            throw unreachable(failure);
        }
    }

    private void drop(String key) {
        try {
            store.delete(key);
        } catch (IOException failure) {
            LOG.warn("a part of an upload stays in the store as {}: {}", key, failure.toString());
        }
    }

    private static RuntimeException unreachable(IOException failure) {
        return Problem.of(
                ProblemReason.EVIDENCE_UNREACHABLE,
                "the evidence store does not answer: expected it to be back soon, try again",
                failure);
    }

    /** Two digits make folders of a size that people can open. */
    private static String key(Sha256 sha256) {
        return "evidence/" + sha256.hex().substring(0, 2) + "/" + sha256.hex();
    }

    /** A part that was stored is not there. */
    private static final class PartGone extends IOException {

        private static final long serialVersionUID = 1;

        PartGone(IOException cause) {
            super(cause);
        }
    }
}
