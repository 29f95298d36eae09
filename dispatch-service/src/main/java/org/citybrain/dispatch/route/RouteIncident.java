package org.citybrain.dispatch.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.citybrain.dispatch.route.RoutingPolicy.Rule;
import org.citybrain.dispatch.route.RoutingPolicy.TierTask;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * Sends an incident down the chain: commanding tier = the higher of the table's and the lowest common ancestor of all grids
 * touched; from there command at the top, coordinate between, execute at the bottom (domain, section 5).
 */
public final class RouteIncident {

    private static final List<Tier> TIERS = List.of(Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.COMMUNITY, Tier.GRID);

    private RouteIncident() {}

    /**
     * @param ruleName {@code I}–{@code IV} or {@code R1}–{@code R3}
     * @param grids codes of every grid that is materially touched; at least one
     * @param delegable whether a grid worker may be given this type; if not, the communities execute
     * @throws IllegalStateException if the policy has no such rule
     */
    public static Route route(String ruleName, Collection<String> grids, boolean delegable, RoutingPolicy policy) {
        Rule rule = policy.rule(ruleName);
        Map<Tier, SortedSet<String>> units = unitsByTier(grids);
        Tier bottom = delegable ? Tier.GRID : Tier.COMMUNITY;
        Tier commanding = higher(higher(rule.commandingTier(), lowestCommonTier(units)), bottom);
        List<PlannedTask> tasks = new ArrayList<>();
        for (Tier tier : TIERS) {
            TierTask task = bottom.isAbove(tier) ? null : taskAt(tier, commanding, bottom, rule);
            if (task == null) {
                continue;
            }
            boolean notice = task.role() == TaskRole.NOTIFY;
            Integer minutes = task.acknowledgeMinutes();
            for (String unit : unitsAt(units, tier)) {
                tasks.add(new PlannedTask(
                        tier,
                        unit,
                        task.role(),
                        notice || minutes == null ? null : Duration.ofMinutes(minutes),
                        notice ? null : Duration.ofMinutes(rule.resolveMinutes()),
                        notice && task.mayWait()));
            }
        }
        return new Route(ruleName, unitsAt(units, commanding).first(), tasks, !delegable);
    }

    /**
     * What one unit has to do by a row of the table, with the times of its tier: for work that comes to it later than by the route.
     *
     * @throws IllegalStateException if the policy has no such rule
     */
    public static PlannedTask work(String ruleName, Tier tier, String unitCode, TaskRole role, RoutingPolicy policy) {
        Rule rule = policy.rule(ruleName);
        boolean notice = role == TaskRole.NOTIFY;
        return new PlannedTask(
                tier,
                unitCode,
                role,
                notice ? null : Duration.ofMinutes(acknowledgeMinutes(rule.task(tier), rule)),
                notice ? null : Duration.ofMinutes(rule.resolveMinutes()),
                false);
    }

    /** The table's task at this tier, changed where the command stands higher, or the bottom ends higher, than in the table. */
    private static @Nullable TierTask taskAt(Tier tier, Tier commanding, Tier bottom, Rule rule) {
        TierTask task = rule.task(tier);
        if (tier.isAbove(commanding)) {
            return task;
        }
        if (tier == commanding) {
            return new TierTask(tier, TaskRole.COMMAND, acknowledgeMinutes(task, rule), false);
        }
        if (tier == bottom) {
            TierTask lowest = bottom == Tier.GRID ? task : rule.task(Tier.GRID);
            return new TierTask(tier, TaskRole.EXECUTE, acknowledgeMinutes(lowest, rule), false);
        }
        boolean lifted = commanding.isAbove(rule.commandingTier())
                && !rule.commandingTier().isAbove(tier);
        return lifted ? new TierTask(tier, TaskRole.COORDINATE, acknowledgeMinutes(task, rule), false) : task;
    }

    static int acknowledgeMinutes(@Nullable TierTask task, Rule rule) {
        if (task != null && task.acknowledgeMinutes() != null) {
            return task.acknowledgeMinutes();
        }
        TierTask command = rule.task(rule.commandingTier());
        if (command == null || command.acknowledgeMinutes() == null) {
            throw new IllegalStateException(
                    "the routing policy names no time to acknowledge for " + rule.commandingTier());
        }
        return command.acknowledgeMinutes();
    }

    private static Map<Tier, SortedSet<String>> unitsByTier(Collection<String> grids) {
        Map<Tier, SortedSet<String>> units = new EnumMap<>(Tier.class);
        for (Tier tier : TIERS) {
            SortedSet<String> codes = new TreeSet<>();
            for (String grid : grids) {
                codes.add(grid.substring(0, tier.digits()));
            }
            units.put(tier, codes);
        }
        return units;
    }

    private static Tier lowestCommonTier(Map<Tier, SortedSet<String>> units) {
        Tier lowest = Tier.CITY;
        for (Tier tier : TIERS) {
            if (unitsAt(units, tier).size() == 1) {
                lowest = tier;
            }
        }
        return lowest;
    }

    private static SortedSet<String> unitsAt(Map<Tier, SortedSet<String>> units, Tier tier) {
        SortedSet<String> codes = units.get(tier);
        if (codes == null || codes.isEmpty()) {
            throw new IllegalArgumentException("an incident touches at least one grid, got none at tier " + tier);
        }
        return codes;
    }

    private static Tier higher(Tier one, Tier other) {
        return one.isAbove(other) ? one : other;
    }
}
