package org.citybrain.intake.problem;

import java.util.Set;
import org.citybrain.intake.admit.Excerpt;

/** A query parameter that means nothing here. */
public final class UnknownParameter extends RuntimeException {

    private final String detail;

    public UnknownParameter(String name, Set<String> known) {
        super(name);
        this.detail = "the parameter " + Excerpt.of(name) + " is not known here: expected "
                + (known.isEmpty() ? "none" : "one of " + known);
    }

    String detail() {
        return detail;
    }
}
