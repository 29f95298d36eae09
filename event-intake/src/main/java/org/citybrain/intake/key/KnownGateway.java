package org.citybrain.intake.key;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** The authentication of a gateway. The key itself is not kept. */
final class KnownGateway extends AbstractAuthenticationToken {

    private final Gateway gateway;

    KnownGateway(Gateway gateway) {
        super(List.of(new SimpleGrantedAuthority(Gateway.AUTHORITY)));
        this.gateway = gateway;
        setAuthenticated(true);
    }

    @Override
    public Gateway getPrincipal() {
        return gateway;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return gateway.sourceId();
    }
}
