package org.citybrain.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A report as a source sends it. Required: {@code source}, {@code type}, {@code occurredAt}, {@code location}.
 *
 * @param reportId any UUID; the idempotency key for 7 days. Given by intake where the sender has none
 * @param type code of the item catalogue, such as {@code flood.waterlogging}
 * @param occurredAt when it was seen
 * @param footprint the area concerned, in the location's datum
 * @param peopleAffected people at risk, affected, ill or taking part; for {@code pollution.*} those to be evacuated
 * @param directLossYuan direct economic loss in CNY
 * @param features what camera analytics saw: features, never frames
 */
public record Report(
        @Nullable UUID reportId,
        Source source,
        String type,
        Instant occurredAt,
        Location location,
        @Nullable Footprint footprint,
        @Nullable Long peopleAffected,
        @Nullable Casualties casualties,
        @Nullable Long directLossYuan,
        @Nullable String description,
        @Nullable List<Feature> features,
        @Nullable List<Evidence> evidence) {

    public Report {
        features = features == null ? null : List.copyOf(features);
        evidence = evidence == null ? null : List.copyOf(evidence);
    }

    /** The same report at this place. */
    public Report at(Location place) {
        return new Report(
                reportId,
                source,
                type,
                occurredAt,
                place,
                footprint,
                peopleAffected,
                casualties,
                directLossYuan,
                description,
                features,
                evidence);
    }

    /**
     * Who reports.
     *
     * @param id the registered gateway's id, or the account name of a grid worker or operator
     * @param device the device behind the gateway
     */
    public record Source(
            SourceKind kind, String id, @Nullable String device) {}

    /**
     * A place in degrees, in the datum that it names; or, of an operator who knows no more, a unit.
     *
     * @param unitCode the unit that was named in the place of coordinates. As sent it stands alone; as published it stands beside the
     *     coordinates of the unit's representative point, in WGS-84, and says that the place is no better known than that
     */
    public record Location(
            @Nullable Double longitude,
            @Nullable Double latitude,
            @Nullable Datum datum,
            @Nullable UnitCode unitCode) {

        public Location(double longitude, double latitude, Datum datum) {
            this(longitude, latitude, datum, null);
        }
    }

    /**
     * The area concerned: a radius around the location, or a GeoJSON Polygon or MultiPolygon.
     *
     * @param radiusMeters metres, greater than 0
     * @param type {@code Polygon} or {@code MultiPolygon}
     * @param coordinates GeoJSON coordinates, degrees
     */
    public record Footprint(
            @Nullable Double radiusMeters,
            @Nullable String type,
            @Nullable JsonNode coordinates) {}

    public record Casualties(
            @Nullable Long deaths, @Nullable Long seriousInjuries) {}

    /**
     * One kind of thing that camera analytics counted.
     *
     * @param confidence 0 to 1
     * @param model the version of the model
     */
    public record Feature(
            @JsonProperty("class") String kind,

            @Nullable Long count,
            @Nullable Double confidence,
            @Nullable String model) {}

    /** A link to evidence that is stored elsewhere. */
    public record Evidence(
            String uri,
            @Nullable String mediaType,
            @Nullable String sha256) {}
}
