package org.citybrain.access;

import org.springframework.security.authentication.AuthenticationServiceException;

/** Whether a gateway's key is good cannot be told, because the keys could not be read for too long. */
public final class KeysUnreadableException extends AuthenticationServiceException {

    public KeysUnreadableException(String message) {
        super(message);
    }
}
