package org.citybrain.local.simulate.month;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citybrain.api.department.DepartmentScore;
import org.citybrain.local.simulate.month.MonthQueries.SummonsLine;
import org.citybrain.messages.Department;
import tools.jackson.databind.JsonNode;

/** Departments' scores once more, from all lines of the log, by nothing but loops: what is served has to be the same. */
final class AddUpScores {

    private AddUpScores() {}

    /** By the code of the department. */
    static List<DepartmentScore> add(List<SummonsLine> log) {
        Map<String, Map<String, JsonNode>> bySummons = new HashMap<>();
        for (SummonsLine line : log) {
            String id = line.facts().path("id").asString();
            bySummons.computeIfAbsent(id, any -> new HashMap<>()).putIfAbsent(line.kind(), line.facts());
        }
        Map<String, Sum> sums = new TreeMap<>();
        for (Map<String, JsonNode> told : bySummons.values()) {
            JsonNode whistle = told.get("WHISTLED");
            if (whistle != null) {
                JsonNode department = whistle.path("department");
                sums.computeIfAbsent(department.path("code").asString(), code -> new Sum(department))
                        .add(whistle, told);
            }
        }
        List<DepartmentScore> scores = new ArrayList<>();
        for (Sum sum : sums.values()) {
            scores.add(sum.score());
        }
        return scores;
    }

    /** Of one department. */
    private static final class Sum {

        private final Department department;
        private long summoned;
        private long onTime;
        private long late;
        private long absent;
        private long waiting;
        private long released;
        private long effective;
        private long ineffective;
        private long points;

        private Sum(JsonNode department) {
            this.department = new Department(
                    department.path("code").asString(), department.path("name").asString());
        }

        private void add(JsonNode whistle, Map<String, JsonNode> told) {
            JsonNode worth = whistle.path("points");
            JsonNode checkIn = told.get("CHECKED_IN");
            JsonNode rated = told.get("RATED");
            summoned++;
            if (checkIn != null) {
                Instant at = Instant.parse(checkIn.path("at").asString());
                boolean inTime = !at.isAfter(Instant.parse(whistle.path("dueAt").asString()));
                onTime += inTime ? 1 : 0;
                late += inTime ? 0 : 1;
                points += worth.path(inTime ? "onTime" : "late").asInt();
            } else if (told.containsKey("ABSENT")) {
                absent++;
                points += worth.path("absent").asInt();
            } else if (told.containsKey("RELEASED")) {
                released++;
            } else {
                waiting++;
            }
            if (rated != null && rated.path("rating").asString().equals("INEFFECTIVE")) {
                ineffective++;
                points += worth.path("ineffective").asInt();
            } else if (rated != null) {
                effective++;
            }
        }

        private DepartmentScore score() {
            long scored = onTime + late + absent;
            return new DepartmentScore(
                    department,
                    summoned,
                    onTime,
                    late,
                    absent,
                    waiting,
                    released,
                    effective,
                    ineffective,
                    points,
                    scored == 0 ? null : Math.round(10.0 * points / scored) / 10.0);
        }
    }
}
