package org.citybrain.local.identity;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Hands the client its code and ends the session: one sign-in, one code. So a password is asked for whenever somebody signs
 * in anew, and signing out at the dashboard leaves nothing here that could sign in again.
 */
final class GiveOneCode implements AuthenticationSuccessHandler {

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var granted = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        var client = UriComponentsBuilder.fromUriString(requireNonNull(granted.getRedirectUri()))
                .queryParam(
                        "code", requireNonNull(granted.getAuthorizationCode()).getTokenValue());
        if (granted.getState() != null) {
            client.queryParam("state", UriUtils.encode(granted.getState(), StandardCharsets.UTF_8));
        }
        request.getSession().invalidate();
        response.sendRedirect(client.build(true).toUriString());
    }
}
