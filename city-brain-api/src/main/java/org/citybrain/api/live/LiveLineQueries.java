package org.citybrain.api.live;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citybrain.api.change.ChangeCursor;
import org.citybrain.api.row.Row;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads the lines of a stretch of the timeline, those that whoever asks may see. */
@Component
class LiveLineQueries {

    // Index: incident_event_outbox for the stretch, then the primary key of each incident. A place amid a line reads
    // the line again
    private static final String LIST = """
            select e.transaction_id::text as transaction_id, e.sequence, e.incident_id, e.kind, e.recorded_at, e.incident_version, e.actor,
                   e.report_id, e.status_before, e.status_after, e.level, e.scope, e.commanding_unit, e.report_count,
                   e.people_affected, e.area_km2, (e.detail -> 'tasks')::text as tasks, i.number, i.type, i.category, i.opened_at,
                   i.grid_code, st_x(i.location) as longitude, st_y(i.location) as latitude,
                   array_to_json(i.visible_to)::text as visible_to
            from dispatch.incident_event_view e
            cross join lateral (select number, type, category, opened_at, grid_code, location, visible_to
                                from dispatch.incident_view where id = e.incident_id limit 1) i
            where (e.transaction_id, e.sequence) >= (:transaction::xid8, :sequence)
              and (e.transaction_id, e.sequence) <= (:lastTransaction::xid8, :lastSequence)
            order by e.transaction_id, e.sequence
            """;

    // Index: the primary key (code, valid_from)
    private static final String CITY = "select code from grid.unit_view where length(code) = 2 order by code limit 1";

    private final JdbcClient jdbc;

    LiveLineQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The events after one place up to another, in order. */
    List<LiveEvent> events(ChangeCursor after, ChangeCursor last) {
        return Row.list(jdbc.sql(LIST)
                        .param("transaction", after.transaction())
                        .param("sequence", after.sequence())
                        .param("lastTransaction", last.transaction())
                        .param("lastSequence", last.sequence()))
                .stream()
                .map(row -> line(row, last))
                .flatMap(line -> line.events().stream())
                .filter(event -> event.place() != null && event.place().compareTo(after) > 0)
                .toList();
    }

    /** The code of the city; none while the map is empty. */
    Optional<String> city() {
        return Row.list(jdbc.sql(CITY)).stream().map(row -> row.text("code")).findFirst();
    }

    private static LiveLine line(Row row, ChangeCursor last) {
        Level level = row.findConstant("level", Level.class);
        String kind = row.text("kind");
        String type = row.text("type");
        LiveIncident incident = new LiveIncident(
                row.uuid("incident_id"),
                row.text("number"),
                row.integer("incident_version"),
                kind,
                row.instant("recorded_at"),
                row.text("actor"),
                row.findUuid("report_id"),
                type,
                row.constant("category", IncidentCategory.class),
                row.constant("status_after", IncidentStatus.class),
                row.findConstant("status_before", IncidentStatus.class),
                row.instant("opened_at"),
                new Position(row.decimal("longitude"), row.decimal("latitude")),
                row.text("grid_code"),
                level,
                row.findConstant("scope", HandlingScope.class),
                row.text("commanding_unit"),
                row.integer("report_count"),
                row.longInteger("people_affected"),
                row.decimal("area_km2"));
        JsonNode tasks = row.findJson("tasks");
        return new LiveLine(
                ChangeCursor.afterLine(row.text("transaction_id"), row.longInteger("sequence"), last.givenAt()),
                row.json("visible_to").valueStream().map(JsonNode::asString).collect(Collectors.toSet()),
                kind,
                type,
                level,
                incident,
                tasks == null || !tasks.isArray()
                        ? List.of()
                        : tasks.valueStream().toList());
    }
}
