/**
 * Being told: what a person subscribes to, and the notices that come of it. {@code consume} makes the notices out of what dispatch-service
 * publishes; from here they go to the signed-in pages, or by {@code webhook} to the person's own system. What got through becomes a
 * receipt, which dispatch-service writes into the incident's timeline.
 */
@NullMarked
package org.citybrain.api.subscription;

import org.jspecify.annotations.NullMarked;
