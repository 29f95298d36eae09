package org.citybrain.api.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.citybrain.access.limit.BodyCutOff;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The bytes of evidence: as they come, whether they are what was announced, and in the store. */
@Component
class EvidenceFiles {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceFiles.class);

    private final EvidenceStore store;

    EvidenceFiles(EvidenceStore store) {
        this.store = store;
    }

    Path newFile() {
        try {
            return store.newFile();
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    void store(String key, Path file) {
        try {
            store.put(key, file);
        } catch (IOException failure) {
            LOG.error("evidence could not be stored as {}", key, failure);
            throw unreachable(failure);
        }
    }

    void drop(String key) {
        try {
            store.delete(key);
        } catch (IOException failure) {
            LOG.warn("a part of an upload stays in the store as {}: {}", key, failure.toString());
        }
    }

    InputStream open(String key) throws IOException {
        return store.open(key);
    }

    static void checkContent(Path file, Sha256 sha256, EvidenceType type) throws IOException {
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
    static void receiveAsFarAsItComes(InputStream body, Path file, long most) {
        try {
            receive(body, file, most);
        } catch (IOException | BodyCutOff brokenOff) {
            LOG.debug("a part broke off: {}", brokenOff.toString());
        }
    }

    /** Writes what comes, at most so many bytes; what came before it broke off is in the file. */
    static long receive(InputStream body, Path file, long most) throws IOException {
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

    static RuntimeException unreachable(IOException failure) {
        return Problem.of(
                ProblemReason.EVIDENCE_UNREACHABLE,
                "the evidence store does not answer: expected it to be back soon, try again",
                failure);
    }

    /** Two digits make folders of a size that people can open. */
    static String key(Sha256 sha256) {
        return "evidence/" + sha256.hex().substring(0, 2) + "/" + sha256.hex();
    }
}
