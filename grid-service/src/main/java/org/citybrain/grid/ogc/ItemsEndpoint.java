package org.citybrain.grid.ogc;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citybrain.access.Person;
import org.citybrain.grid.ogc.PostgisFeatures.PageKeys;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The features of a collection, page by page, and each by itself. */
@RestController
@Hidden
class ItemsEndpoint {

    private final PostgisFeatures features;
    private final PostgisExtents extents;
    private final WriteItems write;
    private final BoundQueries bound;
    private final Clock clock;

    ItemsEndpoint(PostgisFeatures features, PostgisExtents extents, WriteItems write, BoundQueries bound, Clock clock) {
        this.features = features;
        this.extents = extents;
        this.write = write;
        this.bound = bound;
        this.clock = clock;
    }

    @GetMapping("/ogc/collections/{collectionId}/items")
    void list(@PathVariable String collectionId, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        MapCollection collection = CollectionsEndpoint.collection(collectionId);
        ItemsRequest asked = ItemsRequest.read(collection, request, clock.instant());
        PublicAddress address = PublicAddress.of(request);
        bound.page(Person.findCurrent().map(Person::name).orElse(""), () -> {
            PageKeys page = features.listKeys(withoutNeedlessBox(asked));
            write.write(collection, page, links(asked, page, address), () -> {
                response.setContentType(Link.GEOJSON);
                return response.getOutputStream();
            });
            return page;
        });
    }

    @GetMapping("/ogc/collections/{collectionId}/items/{featureId}")
    ResponseEntity<byte[]> get(
            @PathVariable String collectionId, @PathVariable String featureId, HttpServletRequest request) {
        MapCollection collection = CollectionsEndpoint.collection(collectionId);
        KnownParameters.check(request, Set.of("datetime"));
        PublicAddress address = PublicAddress.of(request);
        String datetime = request.getParameter("datetime");
        Span span = datetime == null ? Span.at(clock.instant()) : Span.read(datetime);
        MapFeature feature = findIfPossible(collection, featureId, span)
                .orElseThrow(() -> new RequestProblem(
                        ProblemReason.UNKNOWN_FEATURE,
                        "featureId",
                        featureId,
                        "the id of a feature of " + collection.id()
                                + (datetime == null ? " that holds now" : " that holds then")));
        var bytes = new ByteArrayOutputStream();
        write.write(
                feature,
                List.of(
                        new Link(address.self(), "self", Link.GEOJSON, "This feature"),
                        new Link(
                                address.path("collections", collection.id()),
                                "collection",
                                Link.JSON,
                                collection.title())),
                bytes);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(Link.GEOJSON))
                .body(bytes.toByteArray());
    }

    private Optional<MapFeature> findIfPossible(MapCollection collection, String featureId, Span span) {
        return featureId.matches("[A-Za-z0-9._-]{1,128}")
                ? features.find(collection, featureId, span)
                : Optional.empty();
    }

    /** Maps often ask for all that they show; a box around the whole city leaves no unit out. */
    private ItemsRequest withoutNeedlessBox(ItemsRequest asked) {
        if (asked.boxes().isEmpty() || asked.collection().tier() == null) {
            return asked;
        }
        boolean needless = extents.find(asked.collection())
                .map(extent -> asked.boxes().stream().anyMatch(box -> box.covers(extent.box())))
                .orElse(false);
        return needless
                ? new ItemsRequest(
                        asked.collection(),
                        asked.limit(),
                        asked.asked(),
                        asked.span(),
                        List.of(),
                        asked.filters(),
                        asked.cursor())
                : asked;
    }

    private static List<Link> links(ItemsRequest asked, PageKeys page, PublicAddress address) {
        List<Link> links = new ArrayList<>();
        links.add(new Link(address.self(), "self", Link.GEOJSON, "This page"));
        if (page.more()) {
            PageCursor next = new PageCursor(
                    asked.asked(), page.matched(), page.keys().getLast().id());
            links.add(new Link(address.selfWith("cursor", next.text()), "next", Link.GEOJSON, "The next page"));
        }
        links.add(new Link(
                address.path("collections", asked.collection().id()),
                "collection",
                Link.JSON,
                asked.collection().title()));
        return links;
    }
}
