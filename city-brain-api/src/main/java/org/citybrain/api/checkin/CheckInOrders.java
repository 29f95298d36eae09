package org.citybrain.api.checkin;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.citybrain.messages.Datum;
import org.citybrain.messages.EffectivenessRating;
import org.jspecify.annotations.Nullable;

/** The bodies of commands around a whistle. dispatch-service judges them; here they only have to be such bodies. */
final class CheckInOrders {

    private CheckInOrders() {}

    /**
     * Summons departments.
     *
     * @param departments their codes, as {@code GET /v1/departments?unit=} lists them
     * @param checkInWithinMinutes more time than the policy gives; absent: what it gives
     */
    @Schema(name = "Whistle")
    record Whistle(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the drain is blocked and needs a pump")
            @Nullable
            String reason,

            @ArraySchema(
                    minItems = 1,
                    maxItems = 20,
                    arraySchema = @Schema(requiredMode = Schema.RequiredMode.REQUIRED),
                    schema = @Schema(type = "string", example = "500112-urban-management"))
            @Nullable
            List<@Nullable String> departments,

            @Schema(minimum = "1", maximum = "10080", example = "60") @Nullable
            Integer checkInWithinMinutes) {}

    /** @param at by the clock of whoever checks in; absent: when it comes in */
    @Schema(name = "ReportPresence")
    record ReportPresence(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Place location,

            @Schema(example = "2026-07-01T08:40:12Z") @Nullable
            Instant at) {

        /** @param datum there is no default */
        @Schema(name = "PlaceOfPresence")
        record Place(
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "106.5786") @Nullable
                Double longitude,

                @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "29.5583") @Nullable
                Double latitude,

                @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "GCJ02") @Nullable
                Datum datum) {}
    }

    /**
     * What the department did.
     *
     * @param evidence SHA-256 of what was uploaded, in hexadecimal digits
     */
    @Schema(name = "RecordService")
    record Serve(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "pumped out, the grating replaced")
            @Nullable
            String text,

            @ArraySchema(
                    maxItems = 20,
                    schema =
                            @Schema(
                                    type = "string",
                                    pattern = "^[0-9a-f]{64}$",
                                    example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))
            @Nullable
            List<@Nullable String> evidence) {}

    @Schema(name = "RateService")
    record Rate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "EFFECTIVE") @Nullable
            EffectivenessRating rating,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the street is dry")
            @Nullable
            String reason) {}

    /**
     * What somebody says of an incident when it is over.
     *
     * @param solved false reopens it
     * @param satisfaction 1 (not at all) to 5 (very)
     * @param onBehalfOf whose words an operator passes on; absent: the person's own
     */
    @Schema(name = "GiveFeedback")
    record GiveFeedback(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "true") @Nullable
            Boolean solved,

            @Schema(minimum = "1", maximum = "5", example = "5") @Nullable
            Integer satisfaction,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "quick and clean")
            @Nullable
            String text,

            @Nullable Principal onBehalfOf) {

        /** Whose words somebody passes on. */
        enum Principal {
            CITIZEN
        }
    }
}
