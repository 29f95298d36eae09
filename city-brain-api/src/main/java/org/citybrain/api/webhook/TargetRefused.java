package org.citybrain.api.webhook;

import java.net.UnknownHostException;

/** A name that leads to an address which may not be called. The address is not told: it would tell what lies inside. */
final class TargetRefused extends UnknownHostException {

    private static final long serialVersionUID = 1;

    TargetRefused(String host) {
        super("'" + host + "' is, or leads to, an address that may not be called");
    }
}
