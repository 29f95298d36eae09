/**
 * The audit trail: what people did and who was turned away, as lines of {@code audit.line} that can only be added. Read by
 * city-brain-api, which also anchors its head outside the database.
 */
@NullMarked
package org.citybrain.access.audit;

import org.jspecify.annotations.NullMarked;
