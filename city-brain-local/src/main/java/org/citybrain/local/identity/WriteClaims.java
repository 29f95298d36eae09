package org.citybrain.local.identity;

import java.time.Instant;
import java.util.List;
import org.citybrain.access.Role;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/**
 * Writes into each token who the person is now: {@code preferred_username}, {@code roles}, {@code unit}, {@code department};
 * into an access token also for whom it is meant. Asked for a code as for a refresh, so this is also where an account that
 * was changed since its person signed in ends: no further token, sign in again.
 */
@Component
class WriteClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private static final String AUDIENCE = "city-brain";

    private final PostgresAccounts accounts;

    WriteClaims(PostgresAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        Authentication person = context.getPrincipal();
        Account account = accounts.find(person.getName())
                .filter(Account::enabled)
                .filter(found -> !signedInAt(person).isBefore(found.updatedAt()))
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
        context.getClaims().claims(claims -> {
            claims.put("preferred_username", account.name());
            claims.put("roles", account.roles().stream().map(Role::name).toList());
            if (account.unit() != null) {
                claims.put("unit", account.unit().digits());
            }
            if (account.department() != null) {
                claims.put("department", account.department());
            }
        });
        if (context.getTokenType().equals(OAuth2TokenType.ACCESS_TOKEN)) {
            context.getClaims().audience(List.of(AUDIENCE));
        }
    }

    private static Instant signedInAt(Authentication person) {
        return person.getAuthorities().stream()
                .filter(FactorGrantedAuthority.class::isInstance)
                .map(factor -> ((FactorGrantedAuthority) factor).getIssuedAt())
                .findFirst()
                .orElse(Instant.EPOCH);
    }
}
