package org.citybrain.api.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;
import org.citybrain.access.Person;

/** An instance that takes evidence in, hands it out and forgets what was not finished. */
record Keeping(KeepEvidence keep, CollectParts parts, ForgetEvidence forget) {

    static Keeping in(EvidenceStore store, PostgresEvidence evidence, EvidenceSettings settings, Clock clock) {
        var files = new EvidenceFiles(store);
        var limits = new LimitEvidence(evidence, settings, clock);
        return new Keeping(
                new KeepEvidence(evidence, files, limits, settings, clock),
                new CollectParts(evidence, files, limits, settings, clock),
                new ForgetEvidence(evidence, store, files, clock));
    }

    EvidenceUpload begin(Sha256 hash, EvidenceType type, long size, Person person) {
        return keep.begin(hash, type, size, person);
    }

    EvidenceUpload add(EvidenceUpload upload, InputStream body) throws IOException {
        return parts.add(upload, body);
    }

    EvidenceUpload get(UUID id, Person person) {
        return keep.get(id, person);
    }

    EvidencePiece getSeen(Sha256 hash, Person person) {
        return keep.getSeen(hash, person);
    }
}
