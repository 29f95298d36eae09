package org.citybrain.access;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** The authentication of a person, with the token that they came with: it is passed on where one service asks another. */
public final class SignedIn extends AbstractAuthenticationToken {

    private final transient Person person;
    private final transient String token;

    public SignedIn(Person person, String token) {
        super(authorities(person));
        this.person = person;
        this.token = token;
        setAuthenticated(true);
    }

    @Override
    public Person getPrincipal() {
        return person;
    }

    @Override
    public String getCredentials() {
        return token;
    }

    @Override
    public String getName() {
        return person.name();
    }

    /** The token is still needed after authentication. */
    @Override
    public void eraseCredentials() {}

    private static Set<GrantedAuthority> authorities(Person person) {
        return person.roles().stream()
                .map(role -> new SimpleGrantedAuthority(role.authority()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
