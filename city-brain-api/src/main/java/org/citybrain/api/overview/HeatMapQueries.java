package org.citybrain.api.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.citybrain.api.row.Row;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts incidents by the unit that they lie in: figures, so an analyst is answered for their own unit, too. */
@Component
class HeatMapQueries {

    private static final String READ_FIGURES = """
            select set_config('city_brain.unit',
                coalesce(nullif(current_setting('city_brain.aggregates'), ''), current_setting('city_brain.unit')), true)
            """;

    // Index: the primary key of the months; of tasks the primary key, for the open ones only; of units
    // unit_version_current
    static final String SPOTS = """
            with incident as materialized (
                select id, left(grid_code, :digits) as code, closed_at is null as open, people_affected
                from dispatch.incident_view
                where id >= dispatch.lowest_id_at(:since) and opened_at >= :since and opened_at <= :now
                  and status not in ('FALSE_ALARM', 'MERGED')),
            overdue as (
                select distinct i.id
                from incident i join dispatch.task_view t on t.incident_id = i.id
                where i.open
                  and ((t.status = 'DISPATCHED' and t.acknowledge_by < :now)
                       or (t.status not in ('COMPLETED', 'RETURNED') and t.resolve_by < :now))),
            spot as (
                select i.code, count(*) as incidents, count(*) filter (where i.open) as open, count(o.id) as overdue,
                       sum(i.people_affected)::bigint as people
                from incident i left join overdue o on o.id = i.id
                group by i.code)
            select s.code, s.incidents, s.open, s.overdue, s.people, u.name, st_x(u.representative_point) as longitude,
                   st_y(u.representative_point) as latitude
            from spot s
            left join grid.unit_view u
                on u.code = s.code and u.valid_from <= :now and (u.valid_to is null or u.valid_to > :now)
            order by s.code
            """;

    private final JdbcClient jdbc;

    HeatMapQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In two statements, however much happened. */
    @Transactional(readOnly = true)
    public HeatMap read(Tier tier, Duration back, Instant now) {
        jdbc.sql(READ_FIGURES).query().singleRow();
        Instant since = now.minus(back);
        List<Row> rows = Row.list(jdbc.sql(SPOTS)
                .param("digits", tier.digits())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC)));
        return new HeatMap(
                tier, since, now, rows.stream().map(HeatMapQueries::spot).toList());
    }

    private static HeatMap.Spot spot(Row row) {
        return new HeatMap.Spot(
                row.text("code"),
                row.findText("name"),
                row.longInteger("incidents"),
                row.longInteger("open"),
                row.longInteger("overdue"),
                row.longInteger("people"),
                centre(row));
    }

    private static @Nullable Position centre(Row row) {
        Double longitude = row.findDecimal("longitude");
        Double latitude = row.findDecimal("latitude");
        return longitude == null || latitude == null ? null : new Position(longitude, latitude);
    }
}
