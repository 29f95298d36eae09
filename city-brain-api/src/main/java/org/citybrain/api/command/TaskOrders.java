package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.citybrain.messages.Datum;
import org.jspecify.annotations.Nullable;

/** The bodies of commands on tasks. dispatch-service judges them; here they only have to be such bodies. */
final class TaskOrders {

    private TaskOrders() {}

    /**
     * Somebody is on the spot.
     *
     * @param at when; absent: now. A phone without a network sends it later
     */
    @Schema(name = "ArriveAtTask")
    record Arrive(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Location location,

            @Nullable Instant at) {}

    /** A place in degrees, in the datum that it names. */
    @Schema(name = "PlaceInDatum")
    record Location(
            @Schema(example = "106.5784") double longitude,
            @Schema(example = "29.5582") double latitude,
            Datum datum) {}

    /**
     * @param text what was found and done
     * @param evidence of it
     */
    @Schema(name = "ReportBack")
    record ReportBack(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the drain is clear, the water runs off")
            @Nullable
            String text,

            @ArraySchema(maxItems = 20) @Nullable List<@Nullable Evidence> evidence) {}

    /**
     * A picture, a recording, a document: either uploaded here or stored elsewhere.
     *
     * @param sha256 of the upload
     * @param uri `https://…` of what is stored elsewhere
     */
    @Schema(name = "EvidenceOfWork")
    record Evidence(
            @Schema(pattern = "[0-9a-f]{64}") @Nullable String sha256,
            @Nullable String uri,
            @Schema(example = "image/jpeg") @Nullable String mediaType) {}
}
