package org.citybrain.dispatch.policy.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the schema of the grading table cannot say. */
final class CheckGrading {

    private static final List<String> EMERGENCIES =
            List.of("NATURAL_DISASTER", "ACCIDENT", "PUBLIC_HEALTH", "SOCIAL_SAFETY");

    private final KnownTypes types;
    private final Mistakes mistakes;

    CheckGrading(KnownTypes types, Mistakes mistakes) {
        this.types = types;
        this.mistakes = mistakes;
    }

    void check(JsonNode document) {
        JsonNode axes = document.path("axes");
        if (!axes.isArray()) {
            return;
        }
        Map<String, String> spokenOf = new LinkedHashMap<>();
        for (int i = 0; i < axes.size(); i++) {
            String path = "/axes/" + i;
            JsonNode row = axes.path(i);
            checkBands(row.path("thresholds"), path + "/thresholds");
            checkTypes(row, path);
            checkOnce(row, path, spokenOf);
        }
        checkEveryCategoryIsGraded(axes);
    }

    private void checkBands(JsonNode thresholds, String path) {
        checkFalls(thresholds, "I", "II", path);
        checkFalls(thresholds, "II", "III", path);
    }

    private void checkFalls(JsonNode thresholds, String above, String below, String path) {
        JsonNode higher = thresholds.path(above);
        JsonNode lower = thresholds.path(below);
        if (higher.isNumber() && lower.isNumber() && lower.asDouble() >= higher.asDouble()) {
            mistakes.add(
                    path + "/" + below,
                    lower,
                    MistakeReason.OVERLAPPING_BANDS,
                    "less than the lower bound of level " + above + ", " + higher.asString());
        }
    }

    private void checkTypes(JsonNode row, String path) {
        JsonNode patterns = row.path("types");
        if (!patterns.isArray() || !types.check(patterns, path + "/types", mistakes)) {
            return;
        }
        String category = row.path("category").asStringOpt().orElse(null);
        for (int i = 0; i < patterns.size(); i++) {
            JsonNode pattern = patterns.path(i);
            if (pattern.isString()
                    && types.matching(pattern.asString()).stream().noneMatch(code -> isGraded(code, category))) {
                mistakes.add(
                        path + "/types/" + i,
                        pattern,
                        MistakeReason.WRONG_CATEGORY,
                        "a type of the row's category, " + (category == null ? "an emergency" : category));
            }
        }
    }

    private boolean isGraded(String code, @Nullable String category) {
        String own = types.categoryOf(code);
        return category == null ? EMERGENCIES.contains(own) : category.equals(own);
    }

    /** For each axis, category and type the first row that speaks of it. */
    private void checkOnce(JsonNode row, String path, Map<String, String> spokenOf) {
        String axis = row.path("axis").asStringOpt().orElse(null);
        if (axis == null) {
            return;
        }
        for (String subject : subjects(row)) {
            String before = spokenOf.putIfAbsent(axis + " of " + subject, path);
            if (before != null) {
                mistakes.add(
                        path,
                        row,
                        MistakeReason.DUPLICATE,
                        "one row for " + axis + " of " + subject + ", which " + before + " has");
                return;
            }
        }
    }

    private Set<String> subjects(JsonNode row) {
        String category = row.path("category").asStringOpt().orElse(null);
        Set<String> subjects = new LinkedHashSet<>();
        if (!row.path("types").isArray()) {
            subjects.addAll(category == null ? EMERGENCIES : List.of(category));
            return subjects;
        }
        for (JsonNode pattern : row.path("types")) {
            for (String code : types.matching(pattern.asStringOpt().orElse(""))) {
                if (isGraded(code, category)) {
                    subjects.add(code);
                }
            }
        }
        return subjects;
    }

    /** People are always known, if only by the type's default: a category without that row would never be more than IV. */
    private void checkEveryCategoryIsGraded(JsonNode axes) {
        List<String> ungraded = new ArrayList<>(EMERGENCIES);
        for (JsonNode row : axes) {
            if (row.path("axis").asStringOpt().orElse("").equals("PEOPLE")
                    && !row.path("types").isArray()) {
                String category = row.path("category").asStringOpt().orElse(null);
                ungraded.removeIf(each -> category == null || category.equals(each));
            }
        }
        if (!ungraded.isEmpty()) {
            mistakes.add(
                    "/axes",
                    axes,
                    MistakeReason.UNGRADED,
                    "a row without types for PEOPLE of " + String.join(", ", ungraded));
        }
    }
}
