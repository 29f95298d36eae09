package org.citybrain.api.map;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what is open as {@code {asOf, columns, rows, truncated}}, row by row as they are read. The bytes are collected, 0.2 KiB a row,
 * before the first is sent: so the database's connection is free again before a slow reader begins to read.
 */
@Component
class WriteOpenIncidents {

    static final int MOST_ROWS = 50_000;

    private final OpenIncidentQueries incidents;

    WriteOpenIncidents(OpenIncidentQueries incidents) {
        this.incidents = incidents;
    }

    ByteArrayOutputStream write(OpenIncidentFilter filter, Instant asOf) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = MessageJson.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("asOf", asOf.toString());
            json.writeArrayPropertyStart("columns");
            OpenIncident.COLUMNS.forEach(json::writeString);
            json.writeEndArray();
            json.writeArrayPropertyStart("rows");
            var rows = new Rows(json);
            incidents.forEach(filter, MOST_ROWS + 1, rows::write);
            json.writeEndArray();
            json.writeBooleanProperty("truncated", rows.isTruncated());
            json.writeEndObject();
        }
        return bytes;
    }

    /** Writes as many as may be sent, and knows whether there were more. */
    private static final class Rows {

        private final JsonGenerator json;
        private int seen;

        Rows(JsonGenerator json) {
            this.json = json;
        }

        void write(OpenIncident incident) {
            if (++seen > MOST_ROWS) {
                return;
            }
            json.writeStartArray();
            json.writeString(incident.id().toString());
            json.writeString(incident.number());
            json.writeNumber(incident.longitude());
            json.writeNumber(incident.latitude());
            json.writeString(text(incident.level()));
            json.writeString(text(incident.scope()));
            json.writeString(incident.status().name());
            json.writeString(incident.type());
            json.writeNumber(incident.peopleAffected());
            json.writeString(incident.openedAt().toString());
            json.writeString(text(incident.dueFrom()));
            json.writeString(text(incident.dueAt()));
            json.writeString(incident.commandingUnit());
            json.writeString(incident.gridCode());
            json.writeNumber(incident.version());
            json.writeEndArray();
        }

        boolean isTruncated() {
            return seen > MOST_ROWS;
        }

        private static @Nullable String text(@Nullable Object value) {
            return value == null ? null : value.toString();
        }
    }
}
