package org.citybrain.api.neighbour;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The paths that are passed on; there are no others. What they answer is described by the services that answer. */
@Hidden
@RestController
class NeighbourEndpoint {

    private final PassRequestOn passOn;

    NeighbourEndpoint(PassRequestOn passOn) {
        this.passOn = passOn;
    }

    @GetMapping({
        "/v1/tiles",
        "/v1/tiles/**",
        "/v1/units",
        "/v1/units/**",
        "/v1/locate",
        "/v1/map-versions",
        "/v1/map-versions/**",
        "/v1/responsibilities",
        "/v1/staff",
        "/ogc",
        "/ogc/**"
    })
    void askGrid(HttpServletRequest request, HttpServletResponse response) throws IOException {
        passOn.pass(Neighbour.GRID_SERVICE, request, response);
    }

    @PostMapping("/v1/reports")
    void report(HttpServletRequest request, HttpServletResponse response) throws IOException {
        passOn.pass(Neighbour.EVENT_INTAKE, request, response);
    }
}
