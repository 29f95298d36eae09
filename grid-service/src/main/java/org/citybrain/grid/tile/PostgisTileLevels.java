package org.citybrain.grid.tile;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps what is simplified of the map: {@code grid.tile_level} says what is there or being made, {@code grid.tile_unit} holds it.
 * Every statement is a short transaction of its own.
 */
@Repository
class PostgisTileLevels {

    /** Longer than any code, so that every code with a prefix is at most the prefix with this. */
    private static final String LAST_DIGITS = "99999999999999999";

    private static final int PORTION = 500;
    private static final int REMOVED_AT_ONCE = 20_000;

    /** Changes with what is to be done: a few rows. */
    private static final String STATE = """
            select (select string_agg(m.id::text, ',' order by m.id)
                    from grid.map_version_view m
                    where m.effective_from > :now
                       or m.id = (select id from grid.map_version_view where effective_from <= :now order by effective_from desc, id desc limit 1))
                   || ' ' || (select count(*) from grid.tile_level where rendition < :rendition or (rendition = :rendition and not done))
            """;

    /** The map in force and those that will be; a few rows. */
    private static final String ADD_MISSING = """
            insert into grid.tile_level (map_version, tier, to_zoom, rendition)
            select m.id, :tier, :toZoom, :rendition
            from grid.map_version_view m
            where (m.effective_from > :now
                   or m.id = (select id from grid.map_version_view where effective_from <= :now order by effective_from desc, id desc limit 1))
              and not exists (select from grid.tile_level l
                              where l.map_version = m.id and l.tier = :tier and l.to_zoom = :toZoom and l.rendition = :rendition)
            on conflict do nothing
            """;

    /** The map that is in force before those to come; of each the upper tiers first: they are seen first, and are quickest. */
    private static final String CLAIM = """
            update grid.tile_level l
            set claimed_until = now() + make_interval(secs => :seconds)
            from (select t.id, m.effective_from
                  from grid.tile_level t join grid.map_version_view m on m.id = t.map_version
                  where t.rendition = :rendition and not t.done and (t.claimed_until is null or t.claimed_until < now())
                  order by m.effective_from, array_position(array['CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID', 'MICRO_GRID'], t.tier), t.to_zoom
                  limit 1
                  for update of t skip locked) next
            where l.id = next.id
            returning l.id, l.map_version, l.tier, l.to_zoom, next.effective_from
            """;

    private static final String RENEW =
            "update grid.tile_level set claimed_until = now() + make_interval(secs => :seconds) where id = :id";

    private static final String FINISH = "update grid.tile_level set done = true, claimed_until = null where id = :id";

    /** Index: unit_version_in_order. */
    private static final String LIST_DISTRICTS = """
            select v.code
            from grid.unit_view v
            where v.tier = 'DISTRICT' and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at)
            order by v.code
            """;

    /** Index: unit_version_in_order. In web Mercator. */
    private static final String LIST_UNITS = """
            select v.code, v.name, v.population, st_asbinary(st_transform(v.boundary, 3857)) as boundary
            from grid.unit_view v
            where v.tier = :tier and v.code > :above and v.code <= :last
              and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at)
            order by v.code
            """;

    /** What an instance that died has written of the same level is the same. */
    private static final String INSERT = """
            insert into grid.tile_unit (level, code, name, population, boundary)
            values (?, ?, ?, ?, st_geomfromwkb(?, 3857))
            on conflict do nothing
            """;

    /** What no reader must take for whole any more: maps that are over, and what an older rendition made. */
    private static final String GIVE_UP = """
            update grid.tile_level l
            set done = false, claimed_until = 'infinity'
            from grid.map_version_view m
            where m.id = l.map_version
              and (l.rendition < :rendition
                   or (m.effective_from <= :now
                       and m.id <> (select id from grid.map_version_view where effective_from <= :now order by effective_from desc, id desc limit 1)))
            returning l.id
            """;

    private static final String REMOVE_UNITS = """
            delete from grid.tile_unit
            where (level, code) in (select level, code from grid.tile_unit where level = :id limit :limit)
            """;

    private static final String REMOVE = "delete from grid.tile_level where id = :id";

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    PostgisTileLevels(JdbcTemplate template) {
        this.jdbc = JdbcClient.create(template);
        this.template = template;
    }

    /** Of which maps levels are wanted, and how much of them is left to do; two same answers mean that nothing has changed. */
    String state(Instant now) {
        return jdbc.sql(STATE)
                .param("rendition", SimplifyTier.RENDITION)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** Notes that a level is wanted of each map that is in force or will be. */
    void addMissing(Tier tier, int toZoom, Instant now) {
        jdbc.sql(ADD_MISSING)
                .param("tier", tier.name())
                .param("toZoom", toZoom)
                .param("rendition", SimplifyTier.RENDITION)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes the next level that nobody is at, for a time. */
    Optional<Level> claim(Duration time) {
        return jdbc.sql(CLAIM)
                .param("seconds", time.toSeconds())
                .param("rendition", SimplifyTier.RENDITION)
                .query((row, number) -> new Level(
                        row.getLong("id"),
                        row.getLong("map_version"),
                        Tier.valueOf(row.getString("tier")),
                        row.getInt("to_zoom"),
                        row.getObject("effective_from", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void renew(Level level, Duration time) {
        jdbc.sql(RENEW)
                .param("seconds", time.toSeconds())
                .param("id", level.id())
                .update();
    }

    /** From now on tiles are drawn from it. */
    void finish(Level level) {
        template.execute("analyze grid.tile_unit");
        jdbc.sql(FINISH).param("id", level.id()).update();
    }

    List<String> listDistricts(Instant at) {
        return jdbc.sql(LIST_DISTRICTS)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getString("code"))
                .list();
    }

    /** @param below the code of a unit; null: all of the tier */
    List<DrawnUnit> listUnits(Tier tier, @Nullable String below, Instant at) {
        String prefix = below == null ? "" : below;
        return jdbc.sql(LIST_UNITS)
                .param("tier", tier.name())
                .param("above", prefix)
                .param("last", prefix + LAST_DIGITS)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new DrawnUnit(
                        row.getString("code"),
                        row.getString("name"),
                        row.getLong("population"),
                        geometry(row.getBytes("boundary"))))
                .list();
    }

    /** In portions, each a transaction of its own. */
    void write(Level level, List<DrawnUnit> units) {
        WKBWriter writer = new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN);
        template.batchUpdate(INSERT, units, PORTION, (row, unit) -> {
            row.setLong(1, level.id());
            row.setString(2, unit.code());
            row.setString(3, unit.name());
            row.setLong(4, unit.population());
            row.setBytes(5, writer.write(unit.boundary()));
        });
    }

    /** Removes what is not wanted any more. */
    void removeOutdated(Instant now) {
        List<Long> outdated = jdbc.sql(GIVE_UP)
                .param("rendition", SimplifyTier.RENDITION)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getLong("id"))
                .list();
        for (Long id : outdated) {
            while (jdbc.sql(REMOVE_UNITS)
                            .param("id", id)
                            .param("limit", REMOVED_AT_ONCE)
                            .update()
                    > 0) {
                // the next portion
            }
            jdbc.sql(REMOVE).param("id", id).update();
        }
    }

    private static Geometry geometry(byte[] wkb) {
        try {
            return new WKBReader().read(wkb);
        } catch (ParseException failure) {
            throw new IllegalStateException("PostGIS gave no readable geometry", failure);
        }
    }

    record Level(long id, long mapVersion, Tier tier, int toZoom, Instant effectiveFrom) {}
}
