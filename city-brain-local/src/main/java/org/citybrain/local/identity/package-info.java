/**
 * The identity server of the local run: OAuth 2 and OpenID Connect, authorization code with PKCE only. People sign in at its
 * page ({@link org.citybrain.local.identity.CheckPassword}); who they are is written into the token ({@link
 * org.citybrain.local.identity.WriteClaims}) and signed ({@link org.citybrain.local.identity.SigningKeys}); the token's next
 * stop is {@code org.citybrain.access} in the services. Production has a provider of the city's own instead; docs/keycloak
 * tells how Keycloak is set up as one.
 */
@NullMarked
package org.citybrain.local.identity;

import org.jspecify.annotations.NullMarked;
