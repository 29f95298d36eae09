package org.citybrain.grid.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import org.citybrain.messages.Datum;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "imports", description = "Boundary files and reforms: the next version of the map, from a moment on.")
class ImportEndpoint {

    private final ImportMap imports;

    ImportEndpoint(ImportMap imports) {
        this.imports = imports;
    }

    @PostMapping(
            path = "/v1/imports",
            consumes = {"application/geo+json", MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            summary = "Takes a GeoJSON file as the next version of the map, or says why not",
            description = """
                    A FeatureCollection; each feature is a unit. With a geometry: it is new, or drawn anew. With `formerCode`: that \
                    unit goes on under this code, with all below it. With `abolished`: it ends, with all below it that does not go \
                    on elsewhere. Units above are drawn as exactly the union of those below. Nothing is taken unless all of it \
                    holds; 422 tells what does not, and where. The units that a file does not name stay as they are.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/geo+json",
                                            schema = @Schema(type = "object", description = "A FeatureCollection."))))
    ImportReport post(
            @Parameter(
                            required = true,
                            description = "From when the new map holds (ISO-8601); later than any version so far.",
                            schema = @Schema(type = "string", format = "date-time", example = "2025-11-05T16:00:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String effectiveFrom,
            @Parameter(
                            required = true,
                            description = "What the file's positions are given in. There is no default.",
                            schema = @Schema(implementation = Datum.class))
                    @RequestParam(required = false)
                    @Nullable
                    String datum,
            @Parameter(
                            description =
                                    "The file's names of `code`, `name`, `population`, `formerCode` and `abolished`, where they"
                                            + " are others.",
                            schema = @Schema(type = "string", example = "code:XZQDM,name:XZQMC,population:RKS"))
                    @RequestParam(required = false)
                    @Nullable
                    String attributes,
            @Parameter(description = "Only says what would be done.", schema = @Schema(type = "boolean"))
                    @RequestParam(required = false)
                    @Nullable
                    String dryRun,
            @Parameter(
                            description =
                                    "Makes areas of geometries that are none, puts a neighbour's vertices into edges that run"
                                            + " through them, and reports each.",
                            schema = @Schema(type = "boolean"))
                    @RequestParam(required = false)
                    @Nullable
                    String repair,
            @Parameter(
                            description = "Codes, with commas between: what is below them and not in the file ends.",
                            schema = @Schema(type = "string", example = "500151"))
                    @RequestParam(required = false)
                    @Nullable
                    String replaces,
            @Parameter(description = "Kept with the version.") @RequestParam(required = false) @Nullable String note,
            @Parameter(hidden = true) InputStream file) {
        ImportRequest request =
                ReadImportRequest.read(effectiveFrom, datum, attributes, dryRun, repair, replaces, note);
        return imports.take(request, file);
    }
}
