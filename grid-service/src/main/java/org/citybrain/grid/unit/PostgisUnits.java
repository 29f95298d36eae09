package org.citybrain.grid.unit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads units as of a moment. Codes are compared as text: of digits alone, that is the same in every collation. */
@Repository
public class PostgisUnits {

    /** Longer than any code, so that every code with a prefix is at most the prefix with this. */
    private static final String LAST_DIGITS = "99999999999999999";

    private static final String UNIT = """
            select v.code, v.tier, v.name, v.population, v.area_km2, st_x(v.representative_point) as longitude,
                   st_y(v.representative_point) as latitude, v.provenance, v.valid_from, v.valid_to
            from grid.unit_view v
            where v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at)
            """;

    /** Index: unit_version_pkey. */
    private static final String FIND = UNIT + " and v.code = :code";

    /** Index: unit_version_pkey, walked from the cursor on. */
    private static final String LIST = UNIT + """
             and v.code > :after and v.code <= :last
            order by v.code
            limit :limit
            """;

    /** Index: unit_version_in_order. */
    private static final String LIST_TIER = UNIT + """
             and v.tier = :tier and v.code > :after and v.code <= :last
            order by v.code
            limit :limit
            """;

    /** Index: unit_version_pkey, once for each link. */
    private static final String CHAIN = """
            select v.code, v.tier, v.name
            from grid.unit_view v
            where v.code in (:codes) and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at)
            order by v.code
            """;

    /** Index: unit_version_pkey. Seven digits are a centimetre. */
    private static final String BOUNDARY = """
            select st_asgeojson(v.boundary, 7) as boundary
            from grid.unit_view v
            where v.code = :code and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at)
            """;

    private final JdbcClient jdbc;

    PostgisUnits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public boolean isThere(UnitCode code, Instant at) {
        return find(code, at).isPresent();
    }

    Optional<Unit> find(UnitCode code, Instant at) {
        return jdbc.sql(FIND)
                .param("code", code.digits())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(PostgisUnits::unit)
                .optional();
    }

    /**
     * Units in the order of their codes.
     *
     * @param tier only of this tier
     * @param above only units below this one
     * @param after only units with a higher code
     */
    List<Unit> list(@Nullable Tier tier, @Nullable UnitCode above, @Nullable UnitCode after, int limit, Instant at) {
        String prefix = above == null ? "" : above.digits();
        String from = after == null || after.digits().compareTo(prefix) < 0 ? prefix : after.digits();
        JdbcClient.StatementSpec query = jdbc.sql(tier == null ? LIST : LIST_TIER)
                .param("after", from)
                .param("last", prefix + LAST_DIGITS)
                .param("limit", limit)
                .param("at", at.atOffset(ZoneOffset.UTC));
        if (tier != null) {
            query = query.param("tier", tier.name());
        }
        return query.query(PostgisUnits::unit).list();
    }

    /** From the city down to the unit itself, as far as they are on the map. */
    public List<UnitChain.Link> listChain(UnitCode code, Instant at) {
        return jdbc.sql(CHAIN)
                .param("codes", code.chain().stream().map(UnitCode::digits).toList())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new UnitChain.Link(
                        new UnitCode(row.getString("code")),
                        row.getString("name"),
                        Tier.valueOf(row.getString("tier"))))
                .list();
    }

    /** The border as a GeoJSON geometry. */
    Optional<String> findBoundary(UnitCode code, Instant at) {
        return jdbc.sql(BOUNDARY)
                .param("code", code.digits())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional();
    }

    private static Unit unit(ResultSet row, int number) throws SQLException {
        UnitCode code = new UnitCode(row.getString("code"));
        OffsetDateTime validTo = row.getObject("valid_to", OffsetDateTime.class);
        return new Unit(
                code,
                row.getString("name"),
                code.tier(),
                code.kind(),
                code.parent().orElse(null),
                row.getLong("population"),
                row.getDouble("area_km2"),
                new Position(row.getDouble("longitude"), row.getDouble("latitude")),
                row.getString("provenance"),
                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                validTo == null ? null : validTo.toInstant());
    }
}
