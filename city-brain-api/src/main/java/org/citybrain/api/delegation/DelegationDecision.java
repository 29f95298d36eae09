package org.citybrain.api.delegation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a person gives with a decision.
 *
 * @param reason why; it is kept with the delegation and told in the timeline
 */
public record DelegationDecision(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                minLength = 1,
                maxLength = 1000,
                example = "the worker was trained for it in May")
        @Nullable
        String reason) {}
