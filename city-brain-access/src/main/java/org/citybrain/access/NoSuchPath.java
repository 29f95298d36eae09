package org.citybrain.access;

import org.springframework.security.authorization.AuthorizationResult;

/** What no rule names: nobody may, and nobody is told whether there is something. */
record NoSuchPath() implements AuthorizationResult {

    @Override
    public boolean isGranted() {
        return false;
    }
}
