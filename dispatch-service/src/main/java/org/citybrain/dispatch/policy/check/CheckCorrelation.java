package org.citybrain.dispatch.policy.check;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the schema of the correlation policy cannot say. */
final class CheckCorrelation {

    private final KnownTypes types;
    private final Mistakes mistakes;

    CheckCorrelation(KnownTypes types, Mistakes mistakes) {
        this.types = types;
        this.mistakes = mistakes;
    }

    void check(JsonNode document) {
        checkGroups(document.path("goesTogether"));
        checkDistances(document.path("distances"));
    }

    private void checkGroups(JsonNode groups) {
        Map<String, String> places = new HashMap<>();
        for (int g = 0; g < groups.size(); g++) {
            String path = "/goesTogether/" + g;
            JsonNode group = groups.path(g);
            if (!group.isArray()) {
                continue;
            }
            types.check(group, path, mistakes);
            String category = null;
            for (int i = 0; i < group.size(); i++) {
                JsonNode type = group.path(i);
                if (!type.isString()) {
                    continue;
                }
                checkOnce(type, path, path + "/" + i, places);
                category = checkCategory(type, path + "/" + i, category);
            }
        }
    }

    private void checkOnce(JsonNode type, String group, String path, Map<String, String> places) {
        String before = places.putIfAbsent(type.asString(), path);
        if (before != null) {
            boolean same = before.startsWith(group + "/");
            mistakes.add(
                    path,
                    type,
                    same ? MistakeReason.DUPLICATE : MistakeReason.LOOP,
                    (same ? "each type once" : "a type in one group only") + ": it stands at " + before);
        }
    }

    /** An incident has the category of the report that opened it: in a mixed group the order of reports would decide the grade. */
    private @Nullable String checkCategory(JsonNode type, String path, @Nullable String category) {
        String own = types.categoryOf(type.asString());
        if (own != null && category != null && !own.equals(category)) {
            mistakes.add(
                    path,
                    type,
                    MistakeReason.WRONG_CATEGORY,
                    "a type of its group's category, " + category + ", not of " + own);
        }
        return category == null ? own : category;
    }

    private void checkDistances(JsonNode rows) {
        Map<String, String> places = new HashMap<>();
        for (int r = 0; r < rows.size(); r++) {
            String path = "/distances/" + r;
            JsonNode row = rows.path(r);
            types.check(row.path("types"), path + "/types", mistakes);
            for (int i = 0; i < row.path("types").size(); i++) {
                JsonNode pattern = row.path("types").path(i);
                String at = path + "/types/" + i;
                for (String code : types.matching(pattern.asStringOpt().orElse(""))) {
                    String before = places.putIfAbsent(code, at);
                    if (before != null) {
                        mistakes.add(
                                at,
                                pattern,
                                MistakeReason.DUPLICATE,
                                "one row for " + code + ", which " + before + " has");
                    }
                }
            }
            JsonNode meters = row.path("meters");
            JsonNode wanders = row.path("wandersMeters");
            if (meters.isNumber() && wanders.isNumber() && wanders.asDouble() < meters.asDouble()) {
                mistakes.add(
                        path + "/wandersMeters",
                        wanders,
                        MistakeReason.OUT_OF_RANGE,
                        "at least meters, " + meters.asString());
            }
        }
    }
}
