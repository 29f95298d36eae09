package org.citybrain.api.session;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.sign-in.…}: who this service is to the identity server when it signs people in.
 *
 * @param clientId its name there. city-brain-dashboard
 * @param clientSecret proves that name; where it is empty, PKCE alone does
 */
@ConfigurationProperties("city-brain.api.sign-in")
record SignInSettings(
        @DefaultValue("city-brain-dashboard") String clientId,
        @DefaultValue("") String clientSecret) {}
