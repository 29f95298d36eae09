/**
 * Tells a person's own system: CloudEvents over HTTP, signed after the Standard Webhooks convention, tried again with growing pauses
 * ({@code docs/being-told.md}). No address inside the host's own network is ever called unless a setting allows it.
 */
@NullMarked
package org.citybrain.api.webhook;

import org.jspecify.annotations.NullMarked;
