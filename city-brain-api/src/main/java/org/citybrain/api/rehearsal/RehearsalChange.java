package org.citybrain.api.rehearsal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.citybrain.api.incident.Grade;
import org.jspecify.annotations.Nullable;

/**
 * One incident that would have been otherwise.
 *
 * @param number its readable name; absent where only the candidate would have opened it
 * @param what how its reports would have been put together otherwise; absent where correlation was not rehearsed
 * @param before absent where it was no incident of its own
 * @param after absent where it would be none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RehearsalChange(
        UUID incidentId,
        @Nullable String number,
        String type,

        @Schema(allowableValues = {"MERGED_MORE", "SPLIT_UP", "OTHER_REPORTS"}) @Nullable
        String what,

        long people,
        int levelsJumped,
        @Nullable Side before,
        @Nullable Side after) {

    /**
     * What was decided, or would have been.
     *
     * @param level a level or a scope
     * @param tasks how many the rules give
     * @param record the grade record, without people's accounts; absent where the level was taken as it is stored
     */
    @Schema(name = "RehearsalSide")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Side(
            String level,
            String commandingUnit,
            @Nullable Integer tasks,
            @Nullable Grade record) {}
}
