package org.citybrain.intake.key;

import java.io.Serializable;
import org.citybrain.access.limit.OwnRate;
import org.citybrain.access.limit.Rate;

/**
 * Who sent this request: the principal of every request that came with a good key.
 *
 * @param sourceId the only source that it may report for, and whose reports it may ask about
 * @param keyId which of the source's keys it was
 * @param reportsPerSecond the source's rate
 */
public record Gateway(String sourceId, String keyId, int reportsPerSecond) implements OwnRate, Serializable {

    /** What the guard lets gateways do. */
    public static final String AUTHORITY = "GATEWAY";

    private static final int LEAST_REQUESTS_PER_SECOND = 20;

    /**
     * One request for each report, and as many again to ask what became of them. What a gateway sends beyond that is
     * refused before it is read: it must not cost what others need.
     */
    @Override
    public Rate requests() {
        int perSecond = Math.max(LEAST_REQUESTS_PER_SECOND, 2 * reportsPerSecond);
        return new Rate(perSecond, 2 * perSecond);
    }
}
