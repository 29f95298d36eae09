package org.citybrain.api.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.citybrain.messages.SourceKind;
import org.jspecify.annotations.Nullable;

/**
 * How often one source was right, in incidents that people have labelled.
 *
 * @param sourceId the gateway, or the account
 * @param confirmed incidents that it reported and that a person confirmed
 * @param falseAlarms incidents that it reported and that a person found to be nothing
 * @param missed incidents that it should have reported and did not
 * @param falseAlarmRate false / (false + confirmed); null where there is neither
 * @param missedAlarmRate missed / (missed + confirmed); null where there is neither
 */
public record AlarmRate(
        String sourceId,
        SourceKind sourceKind,
        long confirmed,
        @JsonProperty("false") long falseAlarms,
        long missed,
        @Schema(example = "0.25") @Nullable Double falseAlarmRate,
        @Schema(example = "0.1") @Nullable Double missedAlarmRate) {

    static AlarmRate of(String sourceId, SourceKind sourceKind, long confirmed, long falseAlarms, long missed) {
        return new AlarmRate(
                sourceId,
                sourceKind,
                confirmed,
                falseAlarms,
                missed,
                share(falseAlarms, confirmed),
                share(missed, confirmed));
    }

    private static @Nullable Double share(long part, long rest) {
        return part + rest == 0 ? null : (double) part / (part + rest);
    }
}
