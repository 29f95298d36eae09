package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a command that needs a reason, and nothing else. */
record MustSayWhy(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                minLength = 1,
                maxLength = 1000,
                example = "as the person on the spot says")
        @Nullable
        String reason) {}
