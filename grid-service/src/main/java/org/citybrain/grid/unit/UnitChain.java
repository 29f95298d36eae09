package org.citybrain.grid.unit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/** From the city down to a unit. */
public record UnitChain(
        @Schema(description = "The version of the map that answers.", example = "1")
        long mapVersion,

        List<Link> chain) {

    /** One unit of a chain. */
    public record Link(
            @Schema(type = "string", example = "500103") UnitCode code,
            @Schema(example = "渝中区") String name,
            Tier tier) {}
}
