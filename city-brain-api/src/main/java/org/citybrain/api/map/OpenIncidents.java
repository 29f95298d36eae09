package org.citybrain.api.map;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of the answer, for its description; it is written row by row. */
@Schema(
        description =
                "All that is open and that the person sees, the gravest first, then by the deadline that runs out next")
record OpenIncidents(
        @Schema(description = "Of when it is: what happened later comes by the live stream")
        Instant asOf,

        @Schema(
                description =
                        "What the values of each row are: `dueAt` is the deadline that runs out next, or has run out, over all open "
                                + "tasks, and `dueFrom` since when it runs; both null where nothing is due. `level` is null for everyday "
                                + "matters, `scope` for all others. Places are WGS-84",
                example =
                        "[\"id\", \"number\", \"longitude\", \"latitude\", \"level\", \"scope\", \"status\", \"type\", \"peopleAffected\", "
                                + "\"openedAt\", \"dueFrom\", \"dueAt\", \"commandingUnit\", \"gridCode\", \"version\"]")
        List<String> columns,

        @Schema(description = "One incident each") List<List<@Nullable Object>> rows,

        @Schema(description = "Whether there are more than 50,000: then these are the gravest")
        boolean truncated) {}
