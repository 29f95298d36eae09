package org.citybrain.api.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.citybrain.api.request.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Reports", description = "What became of a report")
class IncidentTypeEndpoint {

    private final IncidentTypeQueries types;

    IncidentTypeEndpoint(IncidentTypeQueries types) {
        this.types = types;
    }

    @Operation(
            operationId = "listIncidentTypes",
            summary = "The incident types that can be reported",
            description = """
                    Codes, categories and names of the item catalogue in force, for everybody who is signed in. What else the catalogue says \
                    of each type is `GET /v1/policies/item-catalogue`.""")
    @GetMapping("/v1/incident-types")
    IncidentTypes list(@Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return types.get();
    }
}
