package org.citybrain.intake.receive;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.citybrain.messages.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param accepted how many reports are safe
 * @param rejected the others, by index
 */
record BatchAnswer(int accepted, List<RejectedItem> rejected) {

    BatchAnswer {
        rejected = List.copyOf(rejected);
    }

    /** @param index place in the batch, from 0; in NDJSON blank lines are not counted */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RejectedItem(int index, @Nullable UUID reportId, RejectionReason reason, String detail) {}
}
