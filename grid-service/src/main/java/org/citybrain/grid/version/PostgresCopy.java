package org.citybrain.grid.version;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
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

/** Many rows into a staging table at once, by COPY in its text format. */
public final class PostgresCopy {

    private static final GeometryFactory WGS84 = new GeometryFactory(new PrecisionModel(), 4326);

    private PostgresCopy() {}

    /** @param rows each made by {@link #row} */
    public static void into(Connection connection, String table, Stream<String> rows) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin", new StringReader(rows.collect(Collectors.joining())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param values in the order of the table's columns: anything with a text form, a geometry with its SRID, or null */
    public static String row(@Nullable Object... values) {
        StringBuilder row = new StringBuilder();
        for (Object value : values) {
            if (value == null) {
                row.append("\\N");
            } else if (value instanceof Geometry geometry) {
                row.append(WKBWriter.toHex(new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN, true).write(geometry)));
            } else {
                appendEscaped(row, value.toString());
            }
            row.append('\t');
        }
        row.setCharAt(row.length() - 1, '\n');
        return row.toString();
    }

    public static Point point(Position position) {
        return WGS84.createPoint(new Coordinate(position.longitude(), position.latitude()));
    }

    private static void appendEscaped(StringBuilder row, String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '\\' -> row.append("\\\\");
                case '\t' -> row.append("\\t");
                case '\n' -> row.append("\\n");
                case '\r' -> row.append("\\r");
                default -> row.append(character);
            }
        }
    }
}
