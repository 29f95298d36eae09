package org.citybrain.api.command;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a command, as they came: dispatch-service says what is wrong with them.
 *
 * @param key by which the same command again is known
 * @param ifMatch the version that it is decided on
 * @param afterKey the key of the command that it was queued behind, in the place of a version
 */
record SentHeaders(
        @Nullable String key,
        @Nullable String ifMatch,
        @Nullable String afterKey) {}
