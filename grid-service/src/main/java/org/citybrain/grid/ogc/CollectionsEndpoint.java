package org.citybrain.grid.ogc;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.citybrain.grid.ogc.PostgisExtents.MapExtent;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Which collections there are, and how far each reaches. */
@RestController
@Hidden
class CollectionsEndpoint {

    static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

    private static final String GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";

    private final PostgisExtents extents;

    CollectionsEndpoint(PostgisExtents extents) {
        this.extents = extents;
    }

    @GetMapping("/ogc/collections")
    ResponseEntity<CollectionList> list(HttpServletRequest request) {
        KnownParameters.check(request, Set.of());
        PublicAddress address = PublicAddress.of(request);
        return OgcEndpoint.json(new CollectionList(
                List.of(new Link(address.self(), "self", Link.JSON, "This document")),
                Arrays.stream(MapCollection.values())
                        .map(collection -> describe(collection, address, address.path("collections", collection.id())))
                        .toList()));
    }

    @GetMapping("/ogc/collections/{collectionId}")
    ResponseEntity<CollectionDescription> get(@PathVariable String collectionId, HttpServletRequest request) {
        MapCollection collection = collection(collectionId);
        KnownParameters.check(request, Set.of());
        PublicAddress address = PublicAddress.of(request);
        return OgcEndpoint.json(describe(collection, address, address.self()));
    }

    /** @throws RequestProblem {@code UNKNOWN_COLLECTION} */
    static MapCollection collection(String id) {
        return MapCollection.find(id)
                .orElseThrow(() -> new RequestProblem(
                        ProblemReason.UNKNOWN_COLLECTION,
                        "collectionId",
                        id,
                        "one of "
                                + Arrays.stream(MapCollection.values())
                                        .map(MapCollection::id)
                                        .collect(Collectors.joining(", "))));
    }

    private CollectionDescription describe(MapCollection collection, PublicAddress address, String self) {
        return new CollectionDescription(
                collection.id(),
                collection.title(),
                collection.description(),
                List.of(
                        new Link(self, "self", Link.JSON, collection.title()),
                        new Link(
                                address.path("collections", collection.id(), "items"),
                                "items",
                                Link.GEOJSON,
                                collection.title() + " as GeoJSON")),
                extents.find(collection).map(Extent::of).orElse(null),
                "feature",
                List.of(CRS84));
    }

    record CollectionList(List<Link> links, List<CollectionDescription> collections) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CollectionDescription(
            String id,
            String title,
            String description,
            List<Link> links,
            @Nullable Extent extent,
            String itemType,
            List<String> crs) {}

    record Extent(Spatial spatial, Temporal temporal) {

        static Extent of(MapExtent extent) {
            var box = extent.box();
            return new Extent(
                    new Spatial(List.of(List.of(box.west(), box.south(), box.east(), box.north())), CRS84),
                    // No end: what holds, holds until something else is known.
                    new Temporal(
                            Collections.singletonList(
                                    Arrays.asList(extent.begins().toString(), null)),
                            GREGORIAN));
        }
    }

    record Spatial(List<List<Double>> bbox, String crs) {}

    record Temporal(List<List<@Nullable String>> interval, String trs) {}
}
