/**
 * Where the integration tests find database and broker: {@link org.citybrain.testing.Infrastructure} is what they ask,
 * {@link org.citybrain.testing.InfrastructureExtension} what JUnit finds by itself. For tests only; nothing that is shipped
 * depends on it.
 */
@NullMarked
package org.citybrain.testing;

import org.jspecify.annotations.NullMarked;
