package org.citybrain.api.subscription;

/** How a person is told. */
public enum Channel {
    /** On the signed-in pages: shown, and confirmed by the browser. */
    LIVE,
    /** By a request to an address of theirs. */
    WEBHOOK
}
