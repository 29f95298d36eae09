package org.citybrain.api.policy;

/** The answer to a document that was only checked: it is valid. One that is not is answered 422 with its mistakes. */
public record PolicyCheck(boolean valid) {}
