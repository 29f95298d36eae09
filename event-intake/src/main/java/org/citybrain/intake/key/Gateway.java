package org.citybrain.intake.key;

import java.io.Serializable;

/**
 * Who sent this request: the principal of every request that came with a good key.
 *
 * @param sourceId the only source that it may report for, and whose reports it may ask about
 * @param keyId which of the source's keys it was
 */
public record Gateway(String sourceId, String keyId) implements Serializable {

    /** What the guard lets gateways do. */
    public static final String AUTHORITY = "GATEWAY";
}
