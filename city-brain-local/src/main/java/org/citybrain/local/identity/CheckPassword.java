package org.citybrain.local.identity;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Signs in whoever knows an account's password. The result says when that was: {@link WriteClaims} asks for it. A name that
 * is not there, one that is disabled and a wrong password look the same and take the same time.
 */
@Component
class CheckPassword implements AuthenticationProvider {

    private static final int LONGEST = 128;

    private final PostgresAccounts accounts;
    private final PasswordEncoder encoder;
    private final SignInAttempts attempts;
    private final Clock clock;
    private final String hashOfNobody;

    CheckPassword(PostgresAccounts accounts, PasswordEncoder encoder, SignInAttempts attempts, Clock clock) {
        this.accounts = accounts;
        this.encoder = encoder;
        this.attempts = attempts;
        this.clock = clock;
        this.hashOfNobody = requireNonNull(encoder.encode(""));
    }

    @Override
    public Authentication authenticate(Authentication given) {
        String name = given.getName();
        String password = given.getCredentials() instanceof String text ? text : "";
        if (name.length() > LONGEST || password.length() > LONGEST || name.indexOf('\0') >= 0) {
            throw refused();
        }
        attempts.begin(name);
        if (!encoder.matches(password, accounts.findPasswordHash(name).orElse(hashOfNobody)) || password.isEmpty()) {
            throw refused();
        }
        attempts.succeed(name);
        var signedIn = FactorGrantedAuthority.withAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY)
                .issuedAt(clock.instant())
                .build();
        return UsernamePasswordAuthenticationToken.authenticated(name, null, Set.of(signedIn));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return authentication == UsernamePasswordAuthenticationToken.class;
    }

    private static BadCredentialsException refused() {
        return new BadCredentialsException("Name or password is wrong");
    }
}
