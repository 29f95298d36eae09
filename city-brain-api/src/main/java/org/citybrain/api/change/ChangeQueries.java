package org.citybrain.api.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.citybrain.api.command.AllowedCommands;
import org.citybrain.api.incident.IncidentSummaryRow;
import org.citybrain.api.row.Row;
import org.citybrain.api.task.TaskRow;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.TaskStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what a stretch of the timeline has changed, each thing where its present version was told first: at an earlier place a later
 * one is sure to come, at a later one it has come. So no version comes twice, and none that lasts is left out.
 *
 * <p>Row-level security leaves the lines of those incidents that the reader sees. To be read in one snapshot with the window's end.
 */
@Component
class ChangeQueries {

    // Index: incident_event_outbox for the stretch, then the primary keys: each look-up is limited, so that no plan
    // reads whole months. A merged report alone moves no version, nor does a receipt
    static final String INCIDENTS = """
            with stretch as materialized (
                select transaction_id, sequence, incident_id, incident_version
                from dispatch.incident_event_view
                where (transaction_id, sequence) > (:transaction::xid8, :sequence)
                  and (transaction_id, sequence) <= (:lastTransaction::xid8, :lastSequence)
                  and kind not in ('MERGED', 'NOTIFIED'))
            select e.transaction_id::text as transaction_id, e.sequence, d.merged_into, %s
            from stretch e
            cross join lateral (select f.sequence from dispatch.incident_event_view f
                                where f.incident_id = e.incident_id and f.incident_version = e.incident_version
                                order by f.sequence limit 1) origin
            cross join lateral (select * from dispatch.incident_view i
                                where i.id = e.incident_id and i.version = e.incident_version limit 1) i
            cross join lateral (select merged_into from dispatch.incident_decision_view d where d.id = e.incident_id limit 1) d
            left join dispatch.incident_type_view y on y.code = i.type
            where origin.sequence = e.sequence
            order by e.transaction_id, e.sequence
            limit :rows
            """.formatted(IncidentSummaryRow.COLUMNS);

    // Index: incident_event_outbox for the stretch, then the primary keys
    static final String TASKS = """
            with stretch as materialized (
                select transaction_id, sequence, incident_id, detail
                from dispatch.incident_event_view
                where (transaction_id, sequence) >= (:transaction::xid8, :sequence)
                  and (transaction_id, sequence) <= (:lastTransaction::xid8, :lastSequence)
                  and kind not in ('OPENED', 'MERGED', 'GRADED', 'NOTIFIED'))
            select e.transaction_id::text as transaction_id, e.sequence, %s
            from stretch e
            cross join lateral (select (told ->> 'id')::uuid as id, (told ->> 'version')::integer as version
                                from json_array_elements(case when json_typeof(e.detail -> 'tasks') = 'array'
                                                              then e.detail -> 'tasks' else '[]'::json end) told) told
            cross join lateral (select * from dispatch.task_view t
                                where t.incident_id = e.incident_id and t.id = told.id and t.version = told.version limit 1) t
            cross join lateral (select * from dispatch.incident_view i where i.id = e.incident_id limit 1) i
            left join dispatch.incident_type_view y on y.code = i.type
            where (e.transaction_id, e.sequence, told.id) > (:transaction::xid8, :sequence, :thing::uuid)
            order by e.transaction_id, e.sequence, told.id
            limit :rows
            """.formatted(TaskRow.COLUMNS);

    // Index: incident_event_outbox for the stretch, then primary keys
    private static final String LEFT = """
            select gone.transaction_id::text as transaction_id, gone.sequence, gone.incident_id as id, gone.incident_version as version
            from dispatch.incident_left_view gone
            where (gone.transaction_id, gone.sequence) > (:transaction::xid8, :sequence)
              and (gone.transaction_id, gone.sequence) <= (:lastTransaction::xid8, :lastSequence)
            order by gone.transaction_id, gone.sequence
            limit :rows
            """;

    private final JdbcClient jdbc;
    private final UnitQueries units;
    private final AllowedCommands commands;

    ChangeQueries(JdbcClient jdbc, UnitQueries units, AllowedCommands commands) {
        this.jdbc = jdbc;
        this.units = units;
        this.commands = commands;
    }

    /** The first changes after a place, in order, and where they end. */
    List<Told> list(ChangeCursor after, ChangeCursor last, int most) {
        List<Row> incidents = rows(INCIDENTS, after, last, most);
        List<Row> tasks = Row.list(stretch(TASKS, after, last, most).param("thing", after.thing()));
        List<Row> left = rows(LEFT, after, last, most);
        NamedUnits names = units.names(Stream.concat(
                        incidents.stream().flatMap(IncidentSummaryRow::units),
                        tasks.stream().flatMap(TaskRow::units))
                .toList());
        List<Told> all = new ArrayList<>();
        incidents.forEach(row -> all.add(told(row, last, r -> ChangeCursor.INCIDENT, incident(row, names))));
        tasks.forEach(row -> all.add(told(row, last, r -> r.uuid("id"), task(row, names))));
        left.forEach(row -> all.add(told(row, last, r -> ChangeCursor.INCIDENT, outOfReach(row))));
        return all.stream()
                .sorted(Comparator.comparing(Told::place))
                .limit(most)
                .toList();
    }

    private List<Row> rows(String sql, ChangeCursor after, ChangeCursor last, int most) {
        return Row.list(stretch(sql, after, last, most));
    }

    private JdbcClient.StatementSpec stretch(String sql, ChangeCursor after, ChangeCursor last, int most) {
        return jdbc.sql(sql)
                .param("transaction", after.transaction())
                .param("sequence", after.sequence())
                .param("lastTransaction", last.transaction())
                .param("lastSequence", last.sequence())
                .param("rows", most);
    }

    private static Told told(Row row, ChangeCursor last, Function<Row, UUID> thing, Change change) {
        return new Told(
                new ChangeCursor(
                        row.text("transaction_id"), row.longInteger("sequence"), thing.apply(row), last.givenAt()),
                change);
    }

    private static Change incident(Row row, NamedUnits names) {
        Change.Ended ended = switch (row.constant("status", IncidentStatus.class)) {
            case MERGED -> Change.Ended.MERGED;
            case FALSE_ALARM -> Change.Ended.FALSE_ALARM;
            default -> null;
        };
        return new Change(
                Change.Kind.INCIDENT,
                row.uuid("id"),
                row.integer("version"),
                ended != null,
                ended == null ? IncidentSummaryRow.read(row, names) : null,
                ended,
                row.findUuid("merged_into"));
    }

    private Change task(Row row, NamedUnits names) {
        boolean returned = row.constant("status", TaskStatus.class) == TaskStatus.RETURNED;
        return new Change(
                Change.Kind.TASK,
                row.uuid("id"),
                row.integer("version"),
                returned,
                returned ? null : TaskRow.read(row, names, commands),
                returned ? Change.Ended.RETURNED : null,
                null);
    }

    private static Change outOfReach(Row row) {
        return new Change(
                Change.Kind.INCIDENT,
                row.uuid("id"),
                row.integer("version"),
                true,
                null,
                Change.Ended.OUT_OF_REACH,
                null);
    }

    /** A change, and the place right after it. */
    record Told(ChangeCursor place, Change change) {}
}
