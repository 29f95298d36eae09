package org.citybrain.local.simulate;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A batch, when it was sent, and the answer to it. */
record SentBatch(List<String> reports, Instant sentAt, JsonNode answer) {
    SentBatch {
        reports = List.copyOf(reports);
    }
}
