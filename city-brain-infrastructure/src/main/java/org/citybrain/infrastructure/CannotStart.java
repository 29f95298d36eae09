package org.citybrain.infrastructure;

/** A broker or a database cannot be started. The message is one sentence that says why and what mends it. */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
