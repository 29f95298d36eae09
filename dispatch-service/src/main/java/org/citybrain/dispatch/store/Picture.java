package org.citybrain.dispatch.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known around an incident at its first dispatch (domain, section 6); written as JSON once, when it is stored.
 *
 * @param parts by name
 * @param missing what could not be had, and why
 */
public record Picture(Map<String, Object> parts, Map<String, String> missing) {

    public Picture {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
    }

    /** The same with more parts, one of which was missing. */
    public Picture with(String found, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(parts);
        all.putAll(more);
        Map<String, String> stillMissing = new LinkedHashMap<>(missing);
        stillMissing.remove(found);
        return new Picture(all, stillMissing);
    }

    /** The same with another reason why a part is missing. */
    public Picture without(String part, String why) {
        Map<String, String> allMissing = new LinkedHashMap<>(missing);
        allMissing.put(part, why);
        return new Picture(parts, allMissing);
    }

    @JsonValue
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>(parts);
        json.put("missing", missing.keySet());
        json.put("missingBecause", missing);
        return json;
    }
}
