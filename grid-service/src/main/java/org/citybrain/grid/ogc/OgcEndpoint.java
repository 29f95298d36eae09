package org.citybrain.grid.ogc;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the service is: its landing page, what it conforms to, its definition. Anyone may read these. They are described in their
 * own definition, an OpenAPI 3.0 as the standard wants it, and not in that of the rest of the service.
 */
@RestController
@Hidden
class OgcEndpoint {

    private static final String CONFORMANCE_CLASS = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/";

    private final DescribeOgcApi description;

    OgcEndpoint(DescribeOgcApi description) {
        this.description = description;
    }

    @GetMapping({"/ogc", "/ogc/"})
    ResponseEntity<LandingPage> landingPage(HttpServletRequest request) {
        KnownParameters.check(request, Set.of());
        PublicAddress address = PublicAddress.of(request);
        return json(new LandingPage(
                DescribeOgcApi.TITLE,
                DescribeOgcApi.DESCRIPTION,
                List.of(
                        new Link(address.self(), "self", Link.JSON, "This document"),
                        new Link(address.path("api"), "service-desc", Link.OPEN_API, "The definition of the API"),
                        new Link(address.path("conformance"), "conformance", Link.JSON, "What the API conforms to"),
                        new Link(address.path("collections"), "data", Link.JSON, "The collections of features"))));
    }

    @GetMapping("/ogc/conformance")
    ResponseEntity<Conformance> conformance(HttpServletRequest request) {
        KnownParameters.check(request, Set.of());
        return json(new Conformance(
                List.of(CONFORMANCE_CLASS + "core", CONFORMANCE_CLASS + "oas30", CONFORMANCE_CLASS + "geojson")));
    }

    @GetMapping("/ogc/api")
    ResponseEntity<byte[]> api(HttpServletRequest request) {
        KnownParameters.check(request, Set.of());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(Link.OPEN_API))
                .body(description.json(PublicAddress.of(request).root()));
    }

    /** Whatever was asked for: there is this format only, and a reader that cannot take it says so itself. */
    static <T> ResponseEntity<T> json(T document) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }

    record LandingPage(String title, String description, List<Link> links) {}

    record Conformance(List<String> conformsTo) {}
}
