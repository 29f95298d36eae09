package org.citybrain.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Reads who a token that was found good speaks of. */
public final class ReadPerson implements Converter<Jwt, SignedIn> {

    private static final int LONGEST_NAME = 128;

    /** @throws InvalidBearerTokenException when a claim has a value that cannot be: better no person than a wrong one */
    @Override
    public SignedIn convert(Jwt token) {
        return new SignedIn(
                new Person(name(token), roles(token), unit(token), token.getClaimAsString("department")),
                token.getTokenValue());
    }

    private static String name(Jwt token) {
        String preferred = token.getClaimAsString("preferred_username");
        String name = preferred == null ? token.getSubject() : preferred;
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidBearerTokenException("the token names no account of 1 to 128 characters");
        }
        return name;
    }

    private static Set<Role> roles(Jwt token) {
        Collection<String> claimed =
                token.getClaim("roles") instanceof Collection<?> ? token.getClaimAsStringList("roles") : List.of();
        return Arrays.stream(Role.values())
                .filter(role -> claimed.contains(role.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable UnitCode unit(Jwt token) {
        String code = token.getClaimAsString("unit");
        if (code == null || code.isEmpty()) {
            return null;
        }
        return UnitCode.find(code)
                .orElseThrow(() -> new InvalidBearerTokenException("the token's unit is no unit code"));
    }
}
