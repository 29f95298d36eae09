/** The description of the interface under {@code /v3/api-docs} (OpenAPI 3.1), as far as it does not stand on the endpoints. */
@NullMarked
package org.citybrain.api.describe;

import org.jspecify.annotations.NullMarked;
