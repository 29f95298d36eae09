package org.citybrain.grid.version;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.WKBWriter;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Many rows into a staging table at once, by COPY in its binary format: geometry as text would be twice as long, and take both
 * sides three times as long.
 */
public final class PostgresCopy {

    private static final GeometryFactory WGS84 = new GeometryFactory(new PrecisionModel(), 4326);

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final int NULL = -1;
    private static final int END = -1;
    private static final int BUFFER = 1 << 16;

    private PostgresCopy() {}

    /**
     * Copies rows.
     *
     * @param rows values in the order of the table's columns: a Long for bigint, a geometry with its SRID for geometry, null, or
     *     anything else for text
     */
    public static void into(Connection connection, String table, Stream<@Nullable Object[]> rows) throws SQLException {
        String copy = "copy " + table + " from stdin (format binary)";
        try (var out = new DataOutputStream(new BufferedOutputStream(
                new PGCopyOutputStream(connection.unwrap(PGConnection.class), copy, BUFFER), BUFFER))) {
            out.write(SIGNATURE);
            out.writeInt(NO_FLAGS);
            out.writeInt(NO_EXTENSION);
            var wkb = new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN, true);
            for (@Nullable Object[] row : (Iterable<@Nullable Object[]>) rows::iterator) {
                out.writeShort(row.length);
                for (Object value : row) {
                    write(value, wkb, out);
                }
            }
            out.writeShort(END);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A row for {@link #into}. */
    public static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    public static Point point(Position position) {
        return WGS84.createPoint(new Coordinate(position.longitude(), position.latitude()));
    }

    private static void write(@Nullable Object value, WKBWriter wkb, DataOutputStream out) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
        } else if (value instanceof Long number) {
            out.writeInt(Long.BYTES);
            out.writeLong(number);
        } else {
            byte[] bytes = value instanceof Geometry geometry
                    ? wkb.write(geometry)
                    : value.toString().getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }
}
