package org.citybrain.dispatch.correlate;

import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * A person gave the grade that holds, and this is what the rule alone gave at that moment. The rule takes over again when it gives
 * more than that: else the very inputs that the person knew would undo the person's decision with the next report.
 *
 * @param ruledLevel absent for everyday matters
 * @param ruledScope absent for all others
 */
public record PersonsGrade(
        @Nullable Level ruledLevel, @Nullable HandlingScope ruledScope) {

    public boolean isOvertakenBy(@Nullable Level level, @Nullable HandlingScope scope) {
        return (level != null && ruledLevel != null && level.isMoreSevereThan(ruledLevel))
                || (scope != null && ruledScope != null && scope.isWiderThan(ruledScope));
    }
}
