package org.citybrain.local.simulate.month;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What the made-up people see of the system, and what is counted in the end. */
final class MonthQueries {

    /** Places strewn over each grid, the same ones each time. */
    private static final String PLACES = """
            select code, st_x(place.geom) as longitude, st_y(place.geom) as latitude
            from grid.unit_view cross join st_dump(st_generatepoints(boundary, 20, 7)) as place
            where tier = 'GRID' and valid_from <= :now and (valid_to is null or valid_to > :now)
            order by code, place.path
            """;

    /** Expects incident_event_outbox: what came since the last look, as a reader of incident-changed would see it. */
    private static final String NEWS = """
            select e.transaction_id::text as transaction_id, e.sequence, e.incident_id, e.kind, e.recorded_at, e.level,
                   e.detail -> 'tasks' as tasks, coalesce(e.detail ->> 'alarm', 'false') = 'true' as alarm
            from dispatch.incident_event e
            where (e.transaction_id, e.sequence) > (:transaction_id::xid8, :sequence)
            order by e.transaction_id, e.sequence
            """;

    private static final String INCIDENT = """
            select version, status, commanding_unit, level from dispatch.incident where id = :id
            """;

    private static final String TASK = """
            select version, status from dispatch.task where incident_id = :incident and id = :id
            """;

    private static final String OPEN = "select id from dispatch.incident where closed_at is null";

    private final JdbcClient jdbc;
    private String transactionId = "0";
    private long sequence;

    MonthQueries(DataSource source) {
        this.jdbc = JdbcClient.create(source);
    }

    List<Place> places(Instant now) {
        return jdbc.sql(PLACES)
                .param("now", java.sql.Timestamp.from(now))
                .query((row, i) ->
                        new Place(row.getString("code"), row.getDouble("longitude"), row.getDouble("latitude")))
                .list();
    }

    /** The lines since the last call. */
    List<News> news() {
        List<News> news = new ArrayList<>();
        jdbc.sql(NEWS)
                .param("transaction_id", transactionId)
                .param("sequence", sequence)
                .query(row -> {
                    transactionId = row.getString("transaction_id");
                    sequence = row.getLong("sequence");
                    String tasks = row.getString("tasks");
                    news.add(new News(
                            row.getObject("incident_id", UUID.class),
                            row.getString("kind"),
                            row.getTimestamp("recorded_at").toInstant(),
                            row.getString("level"),
                            tasks == null ? null : MessageJson.MAPPER.readTree(tasks),
                            row.getBoolean("alarm")));
                });
        return news;
    }

    IncidentNow incident(UUID id) {
        return jdbc.sql(INCIDENT)
                .param("id", id)
                .query((row, i) -> new IncidentNow(
                        row.getInt("version"),
                        row.getString("status"),
                        row.getString("commanding_unit"),
                        row.getString("level")))
                .single();
    }

    TaskNow task(UUID incident, UUID id) {
        return jdbc.sql(TASK)
                .param("incident", incident)
                .param("id", id)
                .query((row, i) -> new TaskNow(row.getInt("version"), row.getString("status")))
                .single();
    }

    List<UUID> open() {
        return jdbc.sql(OPEN).query((row, i) -> row.getObject("id", UUID.class)).list();
    }

    long number(String sql) {
        return jdbc.sql(sql).query((row, i) -> row.getLong(1)).single();
    }

    /** Counts by a name, from two columns. */
    Map<String, Long> counts(String sql) {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql(sql).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    /**
     * A line of a timeline.
     *
     * @param tasks that were given or changed
     * @param alarm somebody has to be fetched
     */
    record News(
            UUID incident,
            String kind,
            Instant at,
            @Nullable String level,
            @Nullable JsonNode tasks,
            boolean alarm) {}

    record IncidentNow(
            int version,
            String status,
            String commandingUnit,
            @Nullable String level) {}

    record TaskNow(int version, String status) {}
}
