package org.citybrain.dispatch.policy;

import java.util.List;

/**
 * Which types go together. Distance and time stand in the item catalogue.
 *
 * @param goesTogether each list is one group of types that may be one incident; every other type is a group of its own
 * @param mergeableForDays an incident takes in reports for so long after it was opened
 */
public record CorrelationPolicy(List<List<String>> goesTogether, int mergeableForDays) {

    public CorrelationPolicy {
        goesTogether = goesTogether.stream().map(List::copyOf).toList();
    }

    /** The name of the type's group: its first type. */
    public String groupOf(String type) {
        for (List<String> group : goesTogether) {
            if (group.contains(type)) {
                return group.getFirst();
            }
        }
        return type;
    }
}
