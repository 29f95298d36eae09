package org.citybrain.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;

/** The issuer's public keys, found by its OpenID Connect discovery document each time they are asked for anew. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 2_000;
    private static final int MOST_BYTES = 256 * 1024;

    private final String issuer;
    private final ResourceRetriever retriever =
            new DefaultResourceRetriever(CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MOST_BYTES);

    IssuerKeys(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        try {
            Map<String, Object> discovered = JSONObjectUtils.parse(read(issuer + "/.well-known/openid-configuration"));
            if (!issuer.equals(discovered.get("issuer"))) {
                throw new JWKSetUnavailableException(
                        "the discovery document of " + issuer + " names another issuer: " + discovered.get("issuer"));
            }
            return JWKSet.parse(read(JSONObjectUtils.getString(discovered, "jwks_uri")));
        } catch (IOException | ParseException | IllegalArgumentException failure) {
            throw new JWKSetUnavailableException("the keys of " + issuer + " cannot be read", failure);
        }
    }

    @Override
    public void close() {}

    private String read(String url) throws IOException {
        return retriever.retrieveResource(URI.create(url).toURL()).getContent();
    }
}
