package org.citybrain.dispatch.locate;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citybrain.messages.Department;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.impl.PackedCoordinateSequenceFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads devices, responsibility areas and working calendars from the views of the schema grid: what holds, and what is planned. */
@Component
class PostgisSurroundings {

    /** Reads six rows at most. */
    private static final String LOOK = """
            select coalesce(max(number) filter (where layer = 'DEVICE'), 0) as devices,
                   coalesce(max(number) filter (where layer = 'RESPONSIBILITY_AREA'), 0) as areas,
                   (select number from grid.calendar_change_view) as calendars
            from grid.layer_change_view
            """;

    private static final String DEVICES = """
            select id, kind, name, st_x(location) as longitude, st_y(location) as latitude, valid_from, valid_to
            from grid.device_view
            where valid_to is null or valid_to > :now
            """;

    private static final String AREAS = """
            select id, st_asbinary(area) as area, incident_types, department_code, department_name, unit_code, valid_from, valid_to
            from grid.responsibility_area_view
            where valid_to is null or valid_to > :now
            order by id
            """;

    private static final String CALENDARS = """
            select unit_code, valid_from, valid_to, hours::text as hours, days::text as days from grid.working_calendar_view
            """;

    private static final int FETCH_SIZE = 1_000;
    private static final int MOST_SECONDS = 60;

    private static final GeometryFactory GEOMETRIES =
            new GeometryFactory(PackedCoordinateSequenceFactory.DOUBLE_FACTORY);

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;

    PostgisSurroundings(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        reading.setTimeout(MOST_SECONDS);
    }

    StoredSurroundings look() {
        return jdbc.sql(LOOK)
                .query((row, i) ->
                        new StoredSurroundings(row.getLong("devices"), row.getLong("areas"), row.getLong("calendars")))
                .single();
    }

    Devices loadDevices(Instant now) {
        List<Device> devices = new ArrayList<>();
        read(
                DEVICES,
                now,
                row -> devices.add(new Device(
                        row.getString("id"),
                        // A few kinds for all of them.
                        row.getString("kind").intern(),
                        row.getString("name"),
                        new Position(row.getDouble("longitude"), row.getDouble("latitude")),
                        from(row),
                        until(row))));
        return new Devices(devices);
    }

    /** Departments of one unit often answer for its whole land: each border is held once. */
    ResponsibilityAreas loadAreas(Instant now) {
        WKBReader reader = new WKBReader(GEOMETRIES);
        Map<ByteBuffer, PreparedGeometry> borders = new HashMap<>();
        List<ResponsibilityArea> areas = new ArrayList<>();
        read(AREAS, now, row -> {
            byte[] wkb = row.getBytes("area");
            areas.add(new ResponsibilityArea(
                    new ResponsibleDepartment(
                            new Department(row.getString("department_code"), row.getString("department_name")),
                            row.getString("unit_code"),
                            row.getString("id")),
                    types(row.getArray("incident_types")),
                    borders.computeIfAbsent(ByteBuffer.wrap(wkb), border -> prepared(reader, wkb)),
                    from(row),
                    until(row)));
        });
        return new ResponsibilityAreas(areas);
    }

    WorkingCalendars loadCalendars() {
        return new WorkingCalendars(jdbc.sql(CALENDARS)
                .query((row, i) -> ReadWorkingCalendar.read(
                        row.getString("unit_code"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class),
                        row.getString("hours"),
                        row.getString("days")))
                .list());
    }

    private void read(String sql, Instant now, TakeRow takeRow) {
        reading.executeWithoutResult(status -> jdbc.sql(sql)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .withFetchSize(FETCH_SIZE)
                .query(takeRow::take));
    }

    private static Instant from(ResultSet row) throws SQLException {
        return row.getObject("valid_from", OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant until(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("valid_to", OffsetDateTime.class);
        return until == null ? null : until.toInstant();
    }

    private static @Nullable Set<String> types(@Nullable Array types) throws SQLException {
        return types == null ? null : Set.of((String[]) types.getArray());
    }

    private static PreparedGeometry prepared(WKBReader reader, byte[] wkb) {
        try {
            return PreparedGeometryFactory.prepare(reader.read(wkb));
        } catch (ParseException e) {
            throw new IllegalStateException("PostGIS gave an area that is no WKB", e);
        }
    }

    private interface TakeRow {
        void take(ResultSet row) throws SQLException;
    }

    /**
     * How often each has changed, without holding it.
     *
     * @param devices moves with every change of a device; −1: not read yet
     * @param areas moves with every change of a responsibility area or of its department
     * @param calendars moves with every change of a working calendar
     */
    record StoredSurroundings(long devices, long areas, long calendars) {

        static final StoredSurroundings NONE = new StoredSurroundings(-1, -1, -1);

        StoredSurroundings withDevices(long others) {
            return new StoredSurroundings(others, areas, calendars);
        }

        StoredSurroundings withAreas(long others) {
            return new StoredSurroundings(devices, others, calendars);
        }

        StoredSurroundings withCalendars(long others) {
            return new StoredSurroundings(devices, areas, others);
        }
    }
}
