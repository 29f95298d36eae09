package org.citybrain.grid.ogc;

import java.util.List;

/**
 * What a feature of a collection says of itself.
 *
 * @param type of JSON Schema; {@code date-time} and {@code int64} stand for a string and an integer of that format
 * @param values the only ones there are; empty: any
 * @param filters whether features can be chosen by it, with a query parameter of its name
 * @param always whether every feature has it; else it may be null
 */
record Property(
        String name,
        String type,
        String description,
        String example,
        List<String> values,
        boolean filters,
        boolean always) {

    static Property of(String name, String type, String description, String example) {
        return new Property(name, type, description, example, List.of(), false, true);
    }

    Property filtering() {
        return new Property(name, type, description, example, values, true, always);
    }

    Property sometimes() {
        return new Property(name, type, description, example, values, filters, false);
    }

    Property oneOf(List<String> others) {
        return new Property(name, type, description, example, others, filters, always);
    }
}
