/**
 * {@code /v1/audit}: what people did and who was turned away, and whether the trail is whole. The lines are written by every
 * service; the newest hash is anchored on a topic by {@code publish}.
 */
@NullMarked
package org.citybrain.api.audit;

import org.jspecify.annotations.NullMarked;
