package org.citybrain.api.department;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.citybrain.messages.EffectivenessRating;
import org.jspecify.annotations.Nullable;

/** Adds up how departments came: of lines of timelines, and of nothing else. */
final class ScoreDepartments {

    private ScoreDepartments() {}

    /** In the order of their codes. Neither the order of the lines matters nor how often each comes. */
    static List<DepartmentScore> score(Collection<LogLine> log) {
        return score(Summons.of(log));
    }

    /** @param summons in the order of their whistles */
    static List<DepartmentScore> score(List<Summons> summons) {
        SortedMap<String, List<Summons>> byDepartment = summons.stream()
                .collect(Collectors.groupingBy(one -> one.department().code(), TreeMap::new, Collectors.toList()));
        return byDepartment.values().stream().map(ScoreDepartments::add).toList();
    }

    private static DepartmentScore add(List<Summons> summons) {
        long scored = count(summons, one -> one.outcome().isScored());
        long points = summons.stream()
                .map(Summons::points)
                .filter(given -> given != null)
                .mapToLong(Integer::longValue)
                .sum();
        return new DepartmentScore(
                summons.getLast().department(),
                summons.size(),
                count(summons, one -> one.outcome() == Outcome.ON_TIME),
                count(summons, one -> one.outcome() == Outcome.LATE),
                count(summons, one -> one.outcome() == Outcome.ABSENT),
                count(summons, one -> one.outcome() == Outcome.WAITING),
                count(summons, one -> one.outcome() == Outcome.RELEASED),
                count(summons, one -> one.rating() == EffectivenessRating.EFFECTIVE),
                count(summons, one -> one.rating() == EffectivenessRating.INEFFECTIVE),
                points,
                average(points, scored));
    }

    private static long count(List<Summons> summons, Predicate<Summons> condition) {
        return summons.stream().filter(condition).count();
    }

    private static @Nullable Double average(long points, long scored) {
        return scored == 0 ? null : Math.round(10.0 * points / scored) / 10.0;
    }
}
