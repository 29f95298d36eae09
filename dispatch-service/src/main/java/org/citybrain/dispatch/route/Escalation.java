package org.citybrain.dispatch.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Units where nobody is on duty, and the unit above that has their task as well.
 *
 * @param from codes of the units, lowest first
 * @param to the unit above; absent for the city, which has nowhere to escalate to
 */
public record Escalation(List<String> from, @Nullable String to) {

    public Escalation {
        from = List.copyOf(from);
    }
}
