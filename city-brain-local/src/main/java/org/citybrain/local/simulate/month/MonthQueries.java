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
            select e.transaction_id::text as transaction_id, e.sequence, e.incident_id, e.kind, e.actor, e.recorded_at, e.level,
                   e.detail -> 'tasks' as tasks, case when e.kind = 'WHISTLED' then e.detail -> 'checkIns' end as check_ins,
                   coalesce(e.detail ->> 'alarm', 'false') = 'true' as alarm
            from dispatch.incident_event e
            where (e.transaction_id, e.sequence) > (:transaction_id::xid8, :sequence)
            order by e.transaction_id, e.sequence
            """;

    private static final String INCIDENT = """
            select version, status, commanding_unit, level from dispatch.incident where id = :id
            """;

    private static final String TASK = """
            select version, status, role from dispatch.task where incident_id = :incident and id = :id
            """;

    private static final String CHECK_IN = """
            select version, status from dispatch.check_in where incident_id = :incident and id = :id
            """;

    private static final String PLACE = """
            select type, level is not null as emergency, grid_code, st_x(location) as longitude, st_y(location) as latitude, first_occurred_at
            from dispatch.incident
            where id = :id
            """;

    /** In the order in which they were written. */
    private static final String SUMMONS_LOG = """
            select e.kind, told.value as facts
            from dispatch.incident_event e cross join json_array_elements(e.detail -> 'checkIns') as told
            where e.kind in ('WHISTLED', 'CHECKED_IN', 'SERVED', 'RATED', 'ABSENT', 'RELEASED')
            order by e.transaction_id, e.sequence
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
                    news.add(new News(
                            row.getObject("incident_id", UUID.class),
                            row.getString("kind"),
                            row.getString("actor"),
                            row.getTimestamp("recorded_at").toInstant(),
                            row.getString("level"),
                            json(row.getString("tasks")),
                            json(row.getString("check_ins")),
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

    /** Absent where the unit has none. */
    @Nullable
    TaskNow task(UUID incident, UUID id) {
        return jdbc.sql(TASK)
                .param("incident", incident)
                .param("id", id)
                .query((row, i) -> new TaskNow(row.getInt("version"), row.getString("status"), row.getString("role")))
                .optional()
                .orElse(null);
    }

    CheckInNow checkIn(UUID incident, UUID id) {
        return jdbc.sql(CHECK_IN)
                .param("incident", incident)
                .param("id", id)
                .query((row, i) -> new CheckInNow(row.getInt("version"), row.getString("status")))
                .single();
    }

    /** Where an incident lies. */
    IncidentPlace place(UUID incident) {
        return jdbc.sql(PLACE)
                .param("id", incident)
                .query((row, i) -> new IncidentPlace(
                        row.getString("type"),
                        row.getBoolean("emergency"),
                        new Place(row.getString("grid_code"), row.getDouble("longitude"), row.getDouble("latitude")),
                        row.getTimestamp("first_occurred_at").toInstant()))
                .single();
    }

    /** All that timelines tell of summons. */
    List<SummonsLine> summonsLog() {
        return jdbc.sql(SUMMONS_LOG)
                .query((row, i) ->
                        new SummonsLine(row.getString("kind"), MessageJson.MAPPER.readTree(row.getString("facts"))))
                .list();
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

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : MessageJson.MAPPER.readTree(text);
    }

    /**
     * A line of a timeline.
     *
     * @param tasks that were given or changed
     * @param checkIns of {@code WHISTLED}: who was summoned
     * @param alarm somebody has to be fetched
     */
    record News(
            UUID incident,
            String kind,
            String actor,
            Instant at,
            @Nullable String level,
            @Nullable JsonNode tasks,
            @Nullable JsonNode checkIns,
            boolean alarm) {}

    record IncidentNow(
            int version,
            String status,
            String commandingUnit,
            @Nullable String level) {}

    record TaskNow(int version, String status, String role) {}

    record CheckInNow(int version, String status) {}

    record IncidentPlace(String type, boolean emergency, Place place, Instant firstOccurredAt) {}

    /** What one line of a timeline tells of one summons. */
    record SummonsLine(String kind, JsonNode facts) {}
}
