package org.citybrain.intake.receive;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.citybrain.intake.admit.Verdict;
import org.citybrain.messages.Position;
import org.citybrain.messages.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * What would have been answered; nothing was kept.
 *
 * @param position the report's place in WGS-84, of an admissible report
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DryRunVerdict(
        boolean admissible,
        @Nullable UUID reportId,
        @Nullable Position position,
        @Nullable RejectionReason reason,
        @Nullable String detail) {

    static DryRunVerdict of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Admitted admitted ->
                new DryRunVerdict(
                        true,
                        admitted.received().report().reportId(),
                        admitted.received().position(),
                        null,
                        null);
            case Verdict.Refused refused ->
                new DryRunVerdict(
                        false,
                        refused.reportId(),
                        null,
                        refused.rejection().reason(),
                        refused.rejection().detail());
        };
    }
}
