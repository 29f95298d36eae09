package org.citybrain.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The types that can be reported now.
 *
 * @param items in the order of the catalogue
 */
record IncidentTypes(
        @Schema(description = "Of the item catalogue in force")
        int version,

        List<IncidentType> items) {

    IncidentTypes {
        items = List.copyOf(items);
    }
}
