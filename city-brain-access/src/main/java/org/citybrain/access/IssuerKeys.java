package org.citybrain.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.text.ParseException;

/** The issuer's public keys, found by its discovery document each time they are asked for anew. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private final IssuerDocument document;

    IssuerKeys(IssuerDocument document) {
        this.document = document;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        try {
            return JWKSet.parse(document.readText(JSONObjectUtils.getString(document.read(), "jwks_uri")));
        } catch (IOException | ParseException | IllegalArgumentException failure) {
            throw new JWKSetUnavailableException("the issuer's keys cannot be read: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {}
}
