package org.citybrain.dispatch.policy.check;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the schema of the item catalogue cannot say. */
final class CheckCatalogue {

    private static final String EVERYDAY = "EVERYDAY";

    private final Mistakes mistakes;

    CheckCatalogue(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void check(JsonNode document) {
        Map<String, String> places = new HashMap<>();
        JsonNode types = document.path("types");
        for (int i = 0; i < types.size(); i++) {
            JsonNode type = types.path(i);
            String path = "/types/" + i;
            JsonNode code = type.path("code");
            String before = code.isString() ? places.putIfAbsent(code.asString(), path) : null;
            if (before != null) {
                mistakes.add(
                        path + "/code",
                        code,
                        MistakeReason.DUPLICATE,
                        "a code that no other type has; " + before + " has it");
            }
            checkLevelOrScope(type, path);
        }
    }

    private void checkLevelOrScope(JsonNode type, String path) {
        if (!type.path("category").isString()) {
            return;
        }
        boolean everyday = type.path("category").asString().equals(EVERYDAY);
        String wanted = everyday ? "defaultScope" : "defaultLevel";
        String unwanted = everyday ? "defaultLevel" : "defaultScope";
        if (!type.has(wanted)) {
            mistakes.add(Mistake.missing(
                    path + "/" + wanted,
                    everyday
                            ? "R1, R2 or R3: an everyday matter has a scope"
                            : "I, II, III or IV: an emergency has a level"));
        }
        if (type.has(unwanted)) {
            mistakes.add(
                    path + "/" + unwanted,
                    type.get(unwanted),
                    MistakeReason.UNKNOWN_FIELD,
                    everyday
                            ? "nothing: an everyday matter has a scope, no level"
                            : "nothing: an emergency has a level, no scope");
        }
    }
}
