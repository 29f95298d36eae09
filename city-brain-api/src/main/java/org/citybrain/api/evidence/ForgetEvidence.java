package org.citybrain.api.evidence;

import java.io.IOException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes uploads that were not finished in time, and what a service that was killed has left. */
@Component
class ForgetEvidence {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetEvidence.class);
    private static final Pattern PART =
            Pattern.compile(CollectParts.UPLOADS + "/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.+");

    /** Longer than any part may be on its way and be put into the store. */
    private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

    private final PostgresEvidence evidence;
    private final EvidenceStore store;
    private final EvidenceFiles files;
    private final Clock clock;

    ForgetEvidence(PostgresEvidence evidence, EvidenceStore store, EvidenceFiles files, Clock clock) {
        this.evidence = evidence;
        this.store = store;
        this.files = files;
        this.clock = clock;
    }

    /** Forgets what was waited for in vain. */
    @Scheduled(fixedDelayString = "${city-brain.api.evidence.forget-every:1m}")
    void forgetExpired() {
        for (EvidenceUpload upload : evidence.takeExpired(clock.instant())) {
            upload.parts().forEach(files::drop);
        }
    }

    /** Deletes what a service that was killed has left: its own files, and parts of which nobody knows any more. */
    @Scheduled(fixedDelayString = "${city-brain.api.evidence.forget-left-every:1h}")
    void forgetLeft() {
        Instant since = clock.instant().minus(LONGEST_REQUEST);
        try {
            store.deleteUnfinished(since);
            Map<UUID, List<String>> parts = new HashMap<>();
            for (String key : store.untouched(CollectParts.UPLOADS, since)) {
                Matcher part = PART.matcher(key);
                if (part.matches()) {
                    parts.computeIfAbsent(UUID.fromString(part.group(1)), upload -> new ArrayList<>())
                            .add(key);
                }
            }
            parts.keySet().removeAll(evidence.known(parts.keySet()));
            parts.values().forEach(left -> left.forEach(files::drop));
        } catch (IOException failure) {
            LOG.warn("what was left in the evidence store stays there: {}", failure.toString());
        }
    }
}
