package org.citybrain.dispatch.route;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How soon a department that is summoned must check in, where, and what that is worth. What the routing policy does not say is a policy
 * default.
 *
 * @param checkInMinutes by level {@code I}–{@code IV} and scope {@code R1}–{@code R3}; absent: 5 for I and II, 15 for III, else 30
 * @param absentAfterMinutes how long after that a check-in is late; then the department is absent; absent: a day
 * @param surroundingsMeters around the footprint, or the place where there is none, in which a check-in lies in place; absent: 500
 * @param points absent: 100 on time, 50 late, 0 absent, 30 less where ineffective
 */
public record WhistlePolicy(
        @Nullable Map<String, Integer> checkInMinutes,
        @Nullable Integer absentAfterMinutes,
        @Nullable Integer surroundingsMeters,
        @Nullable Points points) {

    /** What holds where a routing policy says nothing of whistles. */
    static final WhistlePolicy DEFAULT = new WhistlePolicy(null, null, null, null);

    private static final Map<String, Integer> CHECK_IN_MINUTES =
            Map.of("I", 5, "II", 5, "III", 15, "IV", 30, "R1", 30, "R2", 30, "R3", 30);
    private static final int ABSENT_AFTER_MINUTES = 24 * 60;
    private static final int SURROUNDINGS_METERS = 500;
    private static final Points POINTS = new Points(100, 50, 0, -30);

    public WhistlePolicy {
        checkInMinutes = checkInMinutes == null ? null : Map.copyOf(checkInMinutes);
    }

    /** @param ruleName the row of the routing table that the incident is routed by */
    public Duration checkInWithin(String ruleName) {
        Integer said = checkInMinutes == null ? null : checkInMinutes.get(ruleName);
        Integer minutes = said == null ? CHECK_IN_MINUTES.get(ruleName) : said;
        if (minutes == null) {
            throw new IllegalStateException("no routing policy has a rule " + ruleName);
        }
        return Duration.ofMinutes(minutes);
    }

    /** From when the check-in was due. */
    public Duration absentAfter() {
        return Duration.ofMinutes(absentAfterMinutes == null ? ABSENT_AFTER_MINUTES : absentAfterMinutes);
    }

    public int surroundings() {
        return surroundingsMeters == null ? SURROUNDINGS_METERS : surroundingsMeters;
    }

    public Points scoring() {
        return points == null ? POINTS : points;
    }

    /**
     * What a department gets for one summons.
     *
     * @param ineffective added where its service was rated ineffective
     */
    public record Points(int onTime, int late, int absent, int ineffective) {}
}
