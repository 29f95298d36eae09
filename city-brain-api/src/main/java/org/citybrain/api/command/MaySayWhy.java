package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a command that says all by its name: {@code {}} will do. */
record MaySayWhy(
        @Schema(minLength = 1, maxLength = 1000) @Nullable String reason) {}
