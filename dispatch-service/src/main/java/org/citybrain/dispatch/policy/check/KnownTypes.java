package org.citybrain.dispatch.policy.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.dispatch.grade.TypePattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The types of an item catalogue, as far as other policies speak of them: code and category. */
final class KnownTypes {

    private final Map<String, String> categories;

    private KnownTypes(Map<String, String> categories) {
        this.categories = categories;
    }

    static KnownTypes of(JsonNode catalogue) {
        Map<String, String> categories = new LinkedHashMap<>();
        for (JsonNode type : catalogue.path("types")) {
            categories.putIfAbsent(
                    type.path("code").asStringOpt().orElse(""),
                    type.path("category").asStringOpt().orElse(""));
        }
        return new KnownTypes(categories);
    }

    /** Null where there is no such type. */
    @Nullable
    String categoryOf(String code) {
        return categories.get(code);
    }

    /** @param pattern a code of the catalogue, or a prefix such as {@code pollution.*} */
    List<String> matching(String pattern) {
        List<String> codes = new ArrayList<>();
        for (String code : categories.keySet()) {
            if (TypePattern.matches(pattern, code)) {
                codes.add(code);
            }
        }
        return codes;
    }

    /** Whether a row's types are known, for each the mistake at its own place. */
    boolean check(JsonNode types, String path, Mistakes mistakes) {
        boolean all = true;
        for (int i = 0; i < types.size(); i++) {
            JsonNode type = types.path(i);
            if (type.isString() && matching(type.asString()).isEmpty()) {
                mistakes.add(
                        path + "/" + i,
                        type,
                        MistakeReason.UNKNOWN_TYPE,
                        "a type of the item catalogue, or a prefix of one such as flood.*");
                all = false;
            }
        }
        return all;
    }
}
