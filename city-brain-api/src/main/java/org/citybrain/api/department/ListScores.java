package org.citybrain.api.department;

import java.util.List;
import java.util.Set;
import org.citybrain.api.request.Page;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers scores and the lines behind them, both from one reading of the log. */
@Component
public class ListScores {

    private final DepartmentLogQueries log;
    private final UnitQueries units;

    ListScores(DepartmentLogQueries log, UnitQueries units) {
        this.log = log;
        this.units = units;
    }

    /**
     * The scores of a period.
     *
     * @param department only this one's; null: all
     * @param after the code that the page before ended with
     */
    public DepartmentScores scores(ScorePeriod period, @Nullable String department, @Nullable String after, int limit) {
        List<Summons> summons = Summons.of(log.list(period, department));
        List<DepartmentScore> following = ScoreDepartments.score(summons).stream()
                .filter(score -> after == null || score.department().code().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        Page<DepartmentScore> page =
                Page.of(following, limit, score -> score.department().code());
        return new DepartmentScores(period.from(), period.to(), policies(summons), page.items(), page.nextCursor());
    }

    /**
     * The summons of one department.
     *
     * @param outcomes only these; none: all
     * @param after where the page before ended
     */
    Page<ScoreLine> lines(
            ScorePeriod period, String department, Set<Outcome> outcomes, Summons.@Nullable Place after, int limit) {
        List<Summons> following = Summons.of(log.list(period, department)).stream()
                .filter(one -> outcomes.isEmpty() || outcomes.contains(one.outcome()))
                .filter(one -> after == null || one.place().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        Page<Summons> page = Page.of(
                following,
                limit,
                one -> one.place().whistledAt() + "/" + one.place().checkInId());
        NamedUnits names =
                units.names(page.items().stream().map(Summons::whistledUnit).toList());
        return page.map(one -> line(one, names));
    }

    private static List<DepartmentScores.ScoringPolicy> policies(List<Summons> summons) {
        return summons.stream()
                .map(one -> new DepartmentScores.ScoringPolicy(one.policyVersion(), one.possiblePoints()))
                .distinct()
                .sorted((one, other) -> Integer.compare(one.version(), other.version()))
                .toList();
    }

    private static ScoreLine line(Summons summons, NamedUnits names) {
        return new ScoreLine(
                summons.checkInId(),
                summons.incidentId(),
                summons.incidentNumber(),
                names.at(summons.whistledUnit(), summons.whistledAt()),
                summons.whistledAt(),
                summons.dueAt(),
                summons.checkedInAt(),
                summons.checkInRecordedAt(),
                summons.isOutsideSurroundings(),
                summons.isServed(),
                summons.rating(),
                summons.outcome(),
                summons.points(),
                summons.policyVersion());
    }
}
