/** The OpenAPI 3.1 description of this service. springdoc finds the paths; what they share is in {@code openapi/event-intake.yml}. */
@NullMarked
package org.citybrain.intake.describe;

import org.jspecify.annotations.NullMarked;
