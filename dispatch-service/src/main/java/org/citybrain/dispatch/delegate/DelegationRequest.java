package org.citybrain.dispatch.delegate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/** What somebody asks with, as it came: each of it may be missing. */
record DelegationRequest(
        @Nullable UUID delegationId,
        @Nullable UUID incidentId,
        @Nullable String grid,
        @Nullable String reason,
        @Nullable Long budgetYuan,
        @Nullable String manual) {

    static final int MOST_CHARACTERS = 1_000;
    /** A million million: more than the whole city spends in a year. */
    private static final long MOST_YUAN = 1_000_000_000_000L;

    private static final String TEXT = "1 to " + MOST_CHARACTERS + " characters";

    /** What is missing or cannot be, each with what was expected; empty where all is there. */
    Map<String, String> lacks() {
        Map<String, String> lacks = new LinkedHashMap<>();
        if (delegationId == null) {
            lacks.put("delegationId", "a UUID that names this request: the same again is the same request");
        }
        if (incidentId == null) {
            lacks.put("incidentId", "the id of the incident");
        }
        if (grid == null || grid.length() != Tier.GRID.digits() || !grid.chars().allMatch(Character::isDigit)) {
            lacks.put("grid", "the code of a grid that the incident touches, 15 digits");
        }
        if (isNoText(reason)) {
            lacks.put("reason", "why a grid has to do it, " + TEXT);
        }
        if (budgetYuan == null || budgetYuan < 1 || budgetYuan > MOST_YUAN) {
            lacks.put("budgetYuan", "what the grid may spend on it, 1 to " + MOST_YUAN + " yuan");
        }
        if (isNoText(manual)) {
            lacks.put("manual", "where the handling manual is, or its title, " + TEXT);
        }
        return lacks;
    }

    static boolean isNoText(@Nullable String text) {
        return text == null || text.isBlank() || text.length() > MOST_CHARACTERS || text.indexOf('\0') >= 0;
    }
}
