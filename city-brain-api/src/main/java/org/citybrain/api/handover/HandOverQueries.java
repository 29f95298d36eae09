package org.citybrain.api.handover;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.api.handover.HandOver.Situation;
import org.citybrain.api.handover.HandOver.Standing;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Hand-overs as they are stored, and how things stand in a unit. */
@Component
class HandOverQueries {

    private static final String COLUMNS =
            "id, unit_code, words, to_json(incidents) as incidents, situation, handed_by, handed_at, taken_by, taken_at";

    // Index: incident_open_by_cell or incident_open_by_square of each month, then the primary key of the open ones'
    // tasks
    private static final String STANDING = """
            with incident as materialized (
                select id, number, type, level, scope, status, opened_at
                from dispatch.incident_view
                where closed_at is null and visible_to @> array[:unit::text]),
            overdue as (
                select distinct i.id
                from incident i join dispatch.task_view t on t.incident_id = i.id
                where (t.status = 'DISPATCHED' and t.acknowledge_by < :now)
                   or (t.status not in ('COMPLETED', 'RETURNED') and t.resolve_by < :now))
            select i.id, i.number, i.type, i.level, i.scope, i.status, i.opened_at, o.id is not null as overdue,
                   count(*) over () as open, count(o.id) over () as all_overdue,
                   count(*) filter (where i.status = 'RESOLVED') over () as to_be_verified
            from incident i left join overdue o on o.id = i.id
            order by i.level nulls last, i.scope desc nulls last, i.opened_at
            limit :most
            """;

    private static final String ADD = """
            insert into api.hand_over (id, unit_code, words, incidents, situation, handed_by, handed_at)
            values (:id, :unit, :words, :incidents, :situation::json, :person, :now)
            on conflict (id) do nothing
            """;

    // Index: the primary key
    private static final String ONE = "select %s from api.hand_over where id = :id".formatted(COLUMNS);

    // Index: hand_over_of_unit
    private static final String LIST = """
            select %s from api.hand_over
            where unit_code like :units
              and (:beforeAt::timestamptz is null or (handed_at, id) < (:beforeAt, :beforeId::uuid))
            order by handed_at desc, id desc
            limit :rows
            """.formatted(COLUMNS);

    private static final String TAKE = """
            update api.hand_over set taken_by = :person, taken_at = :now where id = :id and taken_by is null and handed_by <> :person
            """;

    // Index: the primary keys of the partitions
    private static final String SEEN = "select count(*) from dispatch.incident_view where id = any(:ids::uuid[])";

    private static final int MOST_STANDING = 100;

    private final JdbcClient jdbc;
    private final UnitQueries units;

    HandOverQueries(JdbcClient jdbc, UnitQueries units) {
        this.jdbc = jdbc;
        this.units = units;
    }

    /** How things stand in a unit now, as far as the person sees. */
    Situation situation(String unit, Instant now) {
        List<Row> rows = Row.list(
                jdbc.sql(STANDING).param("unit", unit).param("now", moment(now)).param("most", MOST_STANDING));
        if (rows.isEmpty()) {
            return new Situation(0, 0, 0, List.of());
        }
        Row first = rows.getFirst();
        return new Situation(
                first.longInteger("open"),
                first.longInteger("all_overdue"),
                first.longInteger("to_be_verified"),
                rows.stream().map(HandOverQueries::standing).toList());
    }

    /** How many of these incidents the person sees. */
    int countSeen(List<UUID> incidents) {
        return jdbc.sql(SEEN)
                .param("ids", incidents.toArray(UUID[]::new))
                .query(Integer.class)
                .single();
    }

    /** Adds it; returns whether none of this id was there. */
    boolean add(HandOver handOver) {
        return jdbc.sql(ADD)
                        .param("id", handOver.id())
                        .param("unit", handOver.unit().code())
                        .param("words", handOver.text())
                        .param("incidents", handOver.incidents().toArray(UUID[]::new))
                        .param("situation", MessageJson.MAPPER.writeValueAsString(handOver.situation()))
                        .param("person", handOver.handedBy())
                        .param("now", moment(handOver.handedAt()))
                        .update()
                > 0;
    }

    Optional<HandOver> find(UUID id) {
        return handOvers(Row.list(jdbc.sql(ONE).param("id", id))).stream().findFirst();
    }

    /** Those of a unit and of all below it, the last first. */
    Page<HandOver> list(String unit, @Nullable Place before, int limit) {
        Page<Row> page = Page.of(
                Row.list(jdbc.sql(LIST)
                        .param("units", unit + "%")
                        .param(
                                "beforeAt",
                                before == null ? null : moment(before.handedAt()),
                                Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("beforeId", before == null ? null : before.id(), Types.OTHER)
                        .param("rows", limit + 1)),
                limit,
                row -> row.instant("handed_at") + "/" + row.text("id"));
        return new Page<>(handOvers(page.items()), page.nextCursor());
    }

    /** Returns whether this person has just taken it over. */
    boolean take(UUID id, String person, Instant now) {
        return jdbc.sql(TAKE)
                        .param("id", id)
                        .param("person", person)
                        .param("now", moment(now))
                        .update()
                > 0;
    }

    private List<HandOver> handOvers(List<Row> rows) {
        NamedUnits names =
                units.names(rows.stream().map(row -> row.text("unit_code")).toList());
        return rows.stream().map(row -> handOver(row, names)).toList();
    }

    private static HandOver handOver(Row row, NamedUnits names) {
        Instant handedAt = row.instant("handed_at");
        return new HandOver(
                row.uuid("id"),
                names.at(row.text("unit_code"), handedAt),
                row.text("words"),
                row.json("incidents")
                        .valueStream()
                        .map(incident -> UUID.fromString(incident.asString()))
                        .toList(),
                MessageJson.MAPPER.treeToValue(row.json("situation"), Situation.class),
                row.text("handed_by"),
                handedAt,
                row.findText("taken_by"),
                row.findInstant("taken_at"));
    }

    private static Standing standing(Row row) {
        return new Standing(
                row.uuid("id"),
                row.text("number"),
                row.text("type"),
                row.findConstant("level", Level.class),
                row.findConstant("scope", HandlingScope.class),
                row.constant("status", IncidentStatus.class),
                row.instant("opened_at"),
                row.flag("overdue"));
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Where a hand-over stands in the order of the list. */
    record Place(Instant handedAt, UUID id) {

        static Place parse(String key) {
            String[] parts = key.split("/", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("a time and an id");
            }
            return new Place(Instant.parse(parts[0]), QueryParameters.parseUuid(parts[1]));
        }
    }
}
