package org.citybrain.intake.source;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.intake.admit.AdmissionProfile;
import org.citybrain.intake.source.RegisteredSource.Provenance;
import org.citybrain.messages.Datum;
import org.citybrain.messages.UnitCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code intake.source}. */
@Repository
class PostgresSources {

    private static final String COLUMNS = """
            source_id, description, types, datums, unit_codes, extract(epoch from clock_tolerance) as tolerance_s,
            reports_per_second, provenance, registered_at, updated_at
            """;

    private static final String FIND = "select " + COLUMNS + " from intake.source where source_id = :id";

    private static final String LIST = "select " + COLUMNS + " from intake.source order by source_id";

    private static final String LIST_AFTER =
            "select " + COLUMNS + " from intake.source where source_id > :after order by source_id limit :most";

    private static final String SAVE = """
            insert into intake.source (source_id, description, types, datums, unit_codes, clock_tolerance,
                                       reports_per_second, provenance, registered_at, updated_at)
            values (:id, :description, :types, :datums, :units, make_interval(secs => :tolerance_s),
                    :reports_per_second, :provenance, :now, :now)
            on conflict (source_id) do update
            set description = excluded.description, types = excluded.types, datums = excluded.datums,
                unit_codes = excluded.unit_codes, clock_tolerance = excluded.clock_tolerance,
                reports_per_second = excluded.reports_per_second, provenance = excluded.provenance,
                updated_at = excluded.updated_at
            """;

    private final JdbcClient jdbc;

    PostgresSources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<RegisteredSource> find(String id) {
        return jdbc.sql(FIND)
                .param("id", id)
                .query((row, number) -> source(row))
                .optional();
    }

    List<RegisteredSource> list() {
        return jdbc.sql(LIST).query((row, number) -> source(row)).list();
    }

    /** In the order of their ids, those after the given one. */
    List<RegisteredSource> listAfter(String after, int most) {
        return jdbc.sql(LIST_AFTER)
                .param("after", after)
                .param("most", most)
                .query((row, number) -> source(row))
                .list();
    }

    /** Registers the source, or replaces what was registered under its id. Its {@code updatedAt} says when. */
    void save(RegisteredSource source) {
        AdmissionProfile profile = source.profile();
        jdbc.sql(SAVE)
                .param("id", source.id())
                .param("description", source.description())
                .param("types", profile.types().stream().sorted().toArray(String[]::new))
                .param(
                        "datums",
                        profile.datums().stream().sorted().map(Enum::name).toArray(String[]::new))
                .param("units", profile.units().stream().map(UnitCode::digits).toArray(String[]::new))
                .param("tolerance_s", profile.clockTolerance().toMillis() / 1000.0)
                .param("reports_per_second", profile.reportsPerSecond())
                .param("provenance", source.provenance().name())
                .param("now", source.updatedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static RegisteredSource source(ResultSet row) throws SQLException {
        var profile = new AdmissionProfile(
                texts(row.getArray("types")).collect(Collectors.toSet()),
                texts(row.getArray("datums")).map(Datum::valueOf).collect(Collectors.toSet()),
                texts(row.getArray("unit_codes")).map(UnitCode::new).toList(),
                Duration.ofMillis(Math.round(row.getDouble("tolerance_s") * 1000)),
                row.getInt("reports_per_second"));
        return new RegisteredSource(
                row.getString("source_id"),
                row.getString("description"),
                profile,
                Provenance.valueOf(row.getString("provenance")),
                row.getObject("registered_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Stream<String> texts(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray());
    }
}
