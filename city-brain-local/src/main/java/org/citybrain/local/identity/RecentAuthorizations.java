package org.citybrain.local.identity;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.stereotype.Component;

/**
 * The codes and refresh tokens that are out, in memory and bounded: whoever was pushed out, or signed in before a restart,
 * signs in again.
 */
@Component
class RecentAuthorizations implements OAuth2AuthorizationService {

    private static final int MOST = 1_000;

    private final OAuth2AuthorizationService all = new InMemoryOAuth2AuthorizationService();
    /** The one used last comes last. */
    private final LinkedHashMap<String, OAuth2Authorization> byUse = new LinkedHashMap<>();

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        all.save(authorization);
        byUse.putLast(authorization.getId(), authorization);
        if (byUse.size() > MOST) {
            all.remove(byUse.pollFirstEntry().getValue());
        }
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        all.remove(authorization);
        byUse.remove(authorization.getId());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return all.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return all.findByToken(token, type);
    }
}
