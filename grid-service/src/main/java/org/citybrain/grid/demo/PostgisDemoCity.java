package org.citybrain.grid.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.citybrain.grid.demo.DemoPart.Feature;
import org.citybrain.grid.demo.DemoPart.KeyPlace;
import org.citybrain.grid.demo.DemoPart.Layer;
import org.citybrain.grid.version.PostgisMapDraft;
import org.citybrain.grid.version.PostgresCopy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes what the demo city has beside its units, and puts it in force. All of it is marked {@code SYNTHETIC}; what somebody
 * has registered is never touched.
 */
@Repository
class PostgisDemoCity {

    private static final String STAGE = """
            create temporary table staged_feature (
                layer text, id text, kind text, name text, geometry geometry, unit_code text, department_code text,
                incident_types text
            ) on commit drop;
            create temporary table staged_department (code text, name text, unit_code text) on commit drop;
            create temporary table staged_staff (
                account text, unit_code text, duty text, shift_starts text, shift_ends text
            ) on commit drop
            """;

    private static final String INSERT_DEPARTMENTS = """
            insert into grid.department (code, name, unit_code, provenance, updated_at)
            select code, name, unit_code, 'SYNTHETIC', ?
            from staged_department
            on conflict do nothing
            """;

    private static final String INSERT_FEATURES = """
            insert into grid.layer_feature (layer, id, valid_from, kind, name, geometry, unit_code, department_code,
                                            incident_types, provenance)
            select layer, id, ?, kind, name, geometry, unit_code, department_code,
                   string_to_array(incident_types, ' '), 'SYNTHETIC'
            from staged_feature
            """;

    private static final String INSERT_STAFF = """
            insert into grid.staff (account, unit_code, duty, shift_starts, shift_ends, provenance)
            select account, unit_code, duty, shift_starts::time, shift_ends::time, 'SYNTHETIC'
            from staged_staff
            on conflict do nothing
            """;

    /** Index: unit_version_of_map, for each unit that is in force. */
    private static final String LIST_UNITS_LEFT_OUT = """
            select v.code
            from grid.unit_view v
            where v.valid_to is null
              and not exists (select from grid.unit_version d where d.map_version = ? and d.code = v.code)
            """;

    private static final String END_FEATURES_BEFORE = """
            update grid.layer_feature set valid_to = ?
            where provenance = 'SYNTHETIC' and valid_to is null and valid_from < ?
            """;

    private static final String REMOVE_STAFF_OF_UNITS_LEFT_OUT = """
            delete from grid.staff s
            where provenance = 'SYNTHETIC'
              and not exists (select from grid.unit_version d where d.map_version = ? and d.code = s.unit_code)
            """;

    private static final String COUNT_ROSTER_CHANGE = "update grid.roster_change set number = number + 1";

    private final JdbcTemplate jdbc;
    private final TransactionOperations transaction;
    private final PostgisMapDraft drafts;

    PostgisDemoCity(JdbcTemplate jdbc, TransactionOperations transaction, PostgisMapDraft drafts) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.drafts = drafts;
    }

    /** Writes what a part has beside its units, which are in the draft already, and notes the part as done. */
    void write(long draft, Instant validFrom, DemoPart part) {
        transaction.executeWithoutResult(status -> {
            jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
                stage(connection, part);
                return null;
            });
            jdbc.update(INSERT_DEPARTMENTS, validFrom.atOffset(ZoneOffset.UTC));
            jdbc.update(INSERT_FEATURES, validFrom.atOffset(ZoneOffset.UTC));
            jdbc.update(INSERT_STAFF);
            drafts.write(draft, part.name(), List.of());
        });
    }

    /** Puts the draft in force, and with it ends what was invented before. */
    void publish(long draft, Instant from) {
        transaction.executeWithoutResult(status -> {
            drafts.end(draft, jdbc.query(LIST_UNITS_LEFT_OUT, (row, number) -> row.getString("code"), draft));
            drafts.publish(draft);
            jdbc.update(END_FEATURES_BEFORE, from.atOffset(ZoneOffset.UTC), from.atOffset(ZoneOffset.UTC));
            jdbc.update(REMOVE_STAFF_OF_UNITS_LEFT_OUT, draft);
            jdbc.update(COUNT_ROSTER_CHANGE);
        });
    }

    private static void stage(Connection connection, DemoPart part) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(STAGE);
        }
        PostgresCopy.into(
                connection,
                "staged_feature",
                Stream.concat(
                        part.keyPlaces().stream().map(PostgisDemoCity::row),
                        part.features().stream().map(PostgisDemoCity::row)));
        PostgresCopy.into(
                connection,
                "staged_department",
                part.departments().stream()
                        .map(department -> PostgresCopy.row(department.code(), department.name(), department.unit())));
        PostgresCopy.into(
                connection,
                "staged_staff",
                part.staff().stream()
                        .map(duty -> PostgresCopy.row(
                                duty.account(), duty.unit(), duty.kind(), duty.shiftStarts(), duty.shiftEnds())));
    }

    private static @Nullable Object[] row(KeyPlace place) {
        return PostgresCopy.row(
                Layer.KEY_PLACE,
                place.id(),
                place.kind(),
                place.name(),
                PostgresCopy.point(place.position()),
                null,
                null,
                null);
    }

    private static @Nullable Object[] row(Feature feature) {
        return PostgresCopy.row(
                feature.layer(),
                feature.id(),
                feature.kind(),
                feature.name(),
                feature.geometry(),
                feature.unit(),
                feature.department(),
                feature.incidentTypes().isEmpty() ? null : String.join(" ", feature.incidentTypes()));
    }
}
