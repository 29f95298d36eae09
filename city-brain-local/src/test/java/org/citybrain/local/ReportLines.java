package org.citybrain.local;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import tools.jackson.databind.node.ObjectNode;

/** Reports as JSON, to be posted. */
final class ReportLines {

    private ReportLines() {}

    /** A grid worker's report at a place. */
    static ObjectNode byWorker(UUID id, String type, Place place, Long people) {
        return MessageJson.MAPPER.valueToTree(new Report(
                id,
                new Report.Source(SourceKind.GRID_WORKER, "grid-worker", null),
                type,
                Instant.now().minusSeconds(5),
                new Report.Location(place.longitude(), place.latitude(), Datum.WGS84),
                null,
                people,
                null,
                null,
                null,
                null,
                null));
    }
}
