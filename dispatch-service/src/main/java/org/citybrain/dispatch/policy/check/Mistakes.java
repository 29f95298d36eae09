package org.citybrain.dispatch.policy.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The mistakes found so far: all of them up to a bound, as a rule one for each place, the first that was found. */
final class Mistakes {

    static final int MOST = 50;

    private final List<Mistake> found = new ArrayList<>();

    void add(String path, @Nullable JsonNode value, MistakeReason reason, String expected) {
        add(Mistake.of(path, value, reason, expected));
    }

    void add(Mistake mistake) {
        if (!isFull() && found.stream().map(Mistake::path).noneMatch(Predicate.isEqual(mistake.path()))) {
            found.add(mistake);
        }
    }

    /** One of several that may stand at the same place. */
    void addAlso(Mistake mistake) {
        if (!isFull() && !found.contains(mistake)) {
            found.add(mistake);
        }
    }

    boolean isFull() {
        return found.size() >= MOST;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Mistake> all() {
        return List.copyOf(found);
    }
}
