package org.citybrain.intake.problem;

/** The gate cannot judge, or tell, yet. Its message says what it waits for. */
public final class NotReady extends RuntimeException {

    public NotReady(String whatIsMissing) {
        super(whatIsMissing);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
