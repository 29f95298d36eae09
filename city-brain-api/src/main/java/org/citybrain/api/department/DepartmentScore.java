package org.citybrain.api.department;

import io.swagger.v3.oas.annotations.media.Schema;
import org.citybrain.messages.Department;
import org.jspecify.annotations.Nullable;

/**
 * How one department came when it was summoned: the sum of its lines.
 *
 * @param department its name as it was when it was last summoned
 * @param summoned how often: {@code onTime + late + absent + waiting + released}
 * @param waiting it has not come, and may still
 * @param released the incident ended before the check-in was due
 * @param effective so many services were rated effective, among those on time and late
 * @param ineffective so many were rated ineffective
 * @param points of all lines that count
 * @param score {@code points / (onTime + late + absent)}, to one decimal; null where nothing counts
 */
public record DepartmentScore(
        Department department,
        long summoned,
        long onTime,
        long late,
        long absent,
        long waiting,
        long released,
        long effective,
        long ineffective,
        long points,
        @Schema(example = "87.5") @Nullable Double score) {}
