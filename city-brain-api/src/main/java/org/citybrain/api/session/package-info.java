/**
 * Signing in with a browser: authorization code with PKCE. The tokens stay in the session on this side; the browser holds
 * nothing but a cookie that no script can read. From there on a page's request is what it would be with the token itself.
 */
@NullMarked
package org.citybrain.api.session;

import org.jspecify.annotations.NullMarked;
