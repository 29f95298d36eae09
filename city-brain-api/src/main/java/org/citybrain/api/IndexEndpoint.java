package org.citybrain.api;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells whoever opens the address in a browser where to go on. */
@RestController
@Hidden
class IndexEndpoint {

    @GetMapping("/")
    Map<String, String> index() {
        return Map.of(
                "service", "city-brain-api",
                "description", "/v3/api-docs",
                "health", "/actuator/health",
                "incidents", "/v1/incidents",
                "ledger", "/v1/ledger");
    }
}
