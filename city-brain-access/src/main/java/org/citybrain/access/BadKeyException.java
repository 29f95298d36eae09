package org.citybrain.access;

import org.springframework.security.core.AuthenticationException;

/** A gateway's key that is unknown, revoked or past its overlap. */
public final class BadKeyException extends AuthenticationException {

    public BadKeyException(String message) {
        super(message);
    }
}
