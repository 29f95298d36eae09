package org.citybrain.dispatch.policy.check;

import tools.jackson.databind.JsonNode;

/** Whether a document can be looked at and stored at all: neither too deep nor too large, finite numbers, whole text. */
final class CheckShape {

    private static final int DEEPEST = 12;
    private static final int MOST_VALUES = 50_000;
    /** More than any text of a policy may have; a pattern is never matched against more. */
    private static final int MOST_CHARACTERS = 1_000;

    private final Mistakes mistakes;
    private int values;

    CheckShape(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void check(JsonNode document) {
        check(document, "", 0);
        if (values > MOST_VALUES) {
            mistakes.add("", document, MistakeReason.TOO_LARGE, "at most " + MOST_VALUES + " values");
        }
    }

    private void check(JsonNode node, String path, int depth) {
        values++;
        if (mistakes.isFull() || values > MOST_VALUES) {
            return;
        }
        if (depth > DEEPEST) {
            mistakes.add(path, node, MistakeReason.TOO_LARGE, "at most " + DEEPEST + " levels of objects and lists");
        } else if (node.isObject()) {
            for (var field : node.properties()) {
                if (!isStorable(field.getKey())) {
                    mistakes.add(
                            path + "/" + Pointer.escape(Mistake.shortened(field.getKey())),
                            field.getValue(),
                            MistakeReason.NOT_STORABLE,
                            "a field's name without NUL and half characters");
                }
                check(field.getValue(), path + "/" + Pointer.escape(Mistake.shortened(field.getKey())), depth + 1);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.path(i), path + "/" + i, depth + 1);
            }
        } else if (node.isString() && node.asString().length() > MOST_CHARACTERS) {
            mistakes.add(path, node, MistakeReason.TOO_LARGE, "at most " + MOST_CHARACTERS + " characters");
        } else if (node.isString() && !isStorable(node.asString())) {
            mistakes.add(path, node, MistakeReason.NOT_STORABLE, "text without NUL and half characters");
        } else if (node.isFloatingPointNumber() && !Double.isFinite(node.asDouble())) {
            mistakes.add(path, node, MistakeReason.OUT_OF_RANGE, "a finite number");
        }
    }

    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
