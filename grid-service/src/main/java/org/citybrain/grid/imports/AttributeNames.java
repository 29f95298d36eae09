package org.citybrain.grid.imports;

import java.util.HashMap;
import java.util.Map;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.jspecify.annotations.Nullable;

/** Under which names the file has what an import reads; what is not mapped has its own name. */
record AttributeNames(Map<String, Attribute> byName) {

    enum Attribute {
        CODE("code"),
        NAME("name"),
        POPULATION("population"),
        FORMER_CODE("formerCode"),
        ABOLISHED("abolished");

        private final String ownName;

        Attribute(String ownName) {
            this.ownName = ownName;
        }
    }

    private static final int LONGEST = 2_000;
    private static final String EXPECTED =
            "pairs such as code:XZQDM,name:XZQMC, each of one of code, name, population, formerCode, abolished and a name of the file";

    AttributeNames {
        byName = Map.copyOf(byName);
    }

    /** @param value {@code code:XZQDM,name:XZQMC,…}; null: the file uses our names */
    static AttributeNames read(@Nullable String value) {
        Map<Attribute, String> names = new HashMap<>();
        for (Attribute attribute : Attribute.values()) {
            names.put(attribute, attribute.ownName);
        }
        if (value != null) {
            if (value.length() > LONGEST) {
                throw refused(value.substring(0, 100) + "…");
            }
            for (String pair : value.split(",", -1)) {
                int colon = pair.indexOf(':');
                Attribute attribute = colon < 0 ? null : find(pair.substring(0, colon));
                if (attribute == null || pair.length() == colon + 1) {
                    throw refused(value);
                }
                names.put(attribute, pair.substring(colon + 1));
            }
        }
        Map<String, Attribute> byName = new HashMap<>();
        names.forEach((attribute, name) -> {
            if (byName.put(name, attribute) != null) {
                throw refused(value);
            }
        });
        return new AttributeNames(byName);
    }

    String nameOf(Attribute attribute) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue() == attribute)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Attribute find(String ownName) {
        for (Attribute attribute : Attribute.values()) {
            if (attribute.ownName.equals(ownName)) {
                return attribute;
            }
        }
        return null;
    }

    private static RequestProblem refused(@Nullable String value) {
        return new RequestProblem(ProblemReason.BAD_PARAMETER, "attributes", value, EXPECTED);
    }
}
