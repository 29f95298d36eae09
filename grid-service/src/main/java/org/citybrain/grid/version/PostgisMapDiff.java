package org.citybrain.grid.version;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds what two versions of the map differ in: by what began and what ended between them, not by comparing all of both. */
@Repository
class PostgisMapDiff {

    /**
     * Each code of which a version began or ended in between, with what it was and what it is. What a unit was is found by walking back
     * from version to version, over its former codes; whether one that ended goes on elsewhere, by walking on.
     * Index: unit_version_of_map, unit_version_ended, unit_version_pkey and unit_version_by_former_code.
     */
    private static final String CHANGES = """
            with recursive candidate as (
                select code from (
                    select v.code
                    from grid.unit_view v join grid.map_version_view m on m.id = v.map_version
                    where m.effective_from > :from and m.effective_from <= :to and v.code > :after
                    union
                    select v.code
                    from grid.unit_view v
                    where v.valid_to > :from and v.valid_to <= :to and v.code > :after) changed
                order by code
                limit :limit),
            back as (
                select c.code, v.code as at_code, v.valid_from, v.former_code
                from candidate c join grid.unit_view v using (code)
                where v.valid_from <= :to and (v.valid_to is null or v.valid_to > :to)
                union all
                select b.code, v.code, v.valid_from, v.former_code
                from back b join grid.unit_view v
                     on v.code = coalesce(b.former_code, b.at_code) and v.valid_to = b.valid_from
                where b.valid_from > :from),
            forth as (
                select c.code, v.code as at_code, v.valid_to
                from candidate c join grid.unit_view v using (code)
                where v.valid_from <= :from and (v.valid_to is null or v.valid_to > :from)
                union all
                select f.code, v.code, v.valid_to
                from forth f cross join lateral (
                    select code, valid_to from grid.unit_view where former_code = f.at_code and valid_from = f.valid_to
                    union all
                    select code, valid_to from grid.unit_view
                    where code = f.at_code and former_code is null and valid_from = f.valid_to) v
                where f.valid_to <= :to)
            select c.code, was.code as code_before, now.code as code_after, was.name as name_before, now.name as name_after,
                   was.population as population_before, now.population as population_after,
                   was.area_km2 as area_before, now.area_km2 as area_after,
                   st_orderingequals(was.boundary, now.boundary) as same_boundary,
                   exists (select from forth f
                           where f.code = c.code and (f.valid_to is null or f.valid_to > :to)) as goes_on
            from candidate c
            left join grid.unit_view now
                 on now.code = c.code and now.valid_from <= :to and (now.valid_to is null or now.valid_to > :to)
            left join back b on b.code = c.code and b.valid_from <= :from
            left join grid.unit_view was
                 on was.code = coalesce(b.at_code, case when now.code is null then c.code end)
                 and was.valid_from <= :from and (was.valid_to is null or was.valid_to > :from)
            order by c.code
            """;

    private final JdbcClient jdbc;

    PostgisMapDiff(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A page of changes.
     *
     * @param nextCode the last code that was looked at, if there may be more behind it
     */
    record Page(List<MapChange> changes, @Nullable String nextCode) {}

    /** @param limit codes that are looked at; some may be found not to have changed in the end */
    Page find(Instant from, Instant to, String after, int limit) {
        List<Row> rows = jdbc.sql(CHANGES)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("after", after)
                .param("limit", limit + 1)
                .query(PostgisMapDiff::row)
                .list();
        List<Row> some = rows.size() > limit ? rows.subList(0, limit) : rows;
        List<MapChange> changes = new ArrayList<>();
        for (Row row : some) {
            if (row.change() != null) {
                changes.add(row.change());
            }
        }
        return new Page(changes, rows.size() > limit ? some.getLast().code() : null);
    }

    private record Row(String code, @Nullable MapChange change) {}

    private static Row row(ResultSet row, int number) throws SQLException {
        String code = row.getString("code");
        String before = row.getString("code_before");
        String after = row.getString("code_after");
        String nameBefore = row.getString("name_before");
        String nameAfter = row.getString("name_after");
        Long populationBefore = row.getObject("population_before", Long.class);
        Long populationAfter = row.getObject("population_after", Long.class);
        MapChange.Kind kind = null;
        if (before == null && after != null) {
            kind = MapChange.Kind.CREATED;
        } else if (before != null && after == null) {
            kind = row.getBoolean("goes_on") ? null : MapChange.Kind.ENDED;
        } else if (before != null && !before.equals(after)) {
            kind = MapChange.Kind.MOVED;
        } else if (before != null && !row.getBoolean("same_boundary")) {
            kind = MapChange.Kind.REDRAWN;
        } else if (before != null && !nameBefore.equals(nameAfter)) {
            kind = MapChange.Kind.RENAMED;
        } else if (!Objects.equals(populationBefore, populationAfter)) {
            kind = MapChange.Kind.POPULATION;
        }
        if (kind == null) {
            return new Row(code, null);
        }
        boolean both = before != null && after != null;
        UnitCode unit = new UnitCode(code);
        return new Row(
                code,
                new MapChange(
                        kind,
                        unit,
                        both && !before.equals(after) ? new UnitCode(before) : null,
                        after == null ? nameBefore : nameAfter,
                        both && !nameBefore.equals(nameAfter) ? nameBefore : null,
                        unit.tier(),
                        new MapChange.BeforeAndAfter<>(
                                row.getObject("area_before", Double.class), row.getObject("area_after", Double.class)),
                        new MapChange.BeforeAndAfter<>(populationBefore, populationAfter)));
    }
}
