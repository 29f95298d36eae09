package org.citybrain.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Finds the requests of the monitoring system: for the metrics, with the key that is set for it. It must see them also while
 * the identity server is away, so it has no token.
 */
final class MetricsKey implements RequestMatcher {

    static final String PATH = "/actuator/prometheus";

    private final boolean isSet;
    private final byte[] expected;

    /** @param key empty: there is none, and nothing matches */
    MetricsKey(String key) {
        this.isSet = !key.isEmpty();
        this.expected = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        String sent = request.getHeader(HttpHeaders.AUTHORIZATION);
        return isSet
                && sent != null
                && PATH.equals(request.getServletPath())
                && MessageDigest.isEqual(expected, sent.getBytes(StandardCharsets.UTF_8));
    }
}
