package org.citybrain.api.delegation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody asks with. All of it is needed; what is missing is named in the refusal. */
public record DelegationRequest(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "Names this request: the same again is the same request",
                example = "0197e3a4-7abc-7d8e-9f00-112233445566")
        @Nullable
        UUID delegationId,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "0197e3a4-6010-8c41-9d52-6b3f0e7a1c88") @Nullable
        UUID incidentId,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "A grid that the incident touches",
                example = "500112001001003")
        @Nullable
        String grid,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "Why a grid has to do it",
                minLength = 1,
                maxLength = 1000,
                example = "the grid's worker lives beside the gauge")
        @Nullable
        String reason,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "What the grid may spend on it",
                minimum = "1",
                maximum = "1000000000000",
                example = "2000")
        @Nullable
        Long budgetYuan,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "Where the handling manual is, or its title",
                minLength = 1,
                maxLength = 1000,
                example = "https://manuals.example/river-gauges")
        @Nullable
        String manual) {}
