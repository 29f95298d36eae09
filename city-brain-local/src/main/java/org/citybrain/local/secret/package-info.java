/**
 * Random passwords, kept in {@link org.citybrain.access.secret.SecretFile}s that only the owner of a local run may read. Made at the first start; their next stop is
 * whoever signs in with them.
 */
@NullMarked
package org.citybrain.local.secret;

import org.jspecify.annotations.NullMarked;
