package org.citybrain.grid.layer;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;

/** The columns of {@code grid.layer_feature} as what they are in Java. */
final class FeatureRow {

    private FeatureRow() {}

    /** Of a row whose geometry is GeoJSON. */
    static LayerFeature feature(ResultSet row) throws SQLException {
        return new LayerFeature(
                row.getString("id"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("geometry"),
                unit(row),
                row.getString("department_code"),
                types(row),
                row.getString("provenance"),
                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                end(row));
    }

    /** Of a row whose geometry is WKB. */
    static FeatureContent content(ResultSet row, int number) throws SQLException {
        return new FeatureContent(
                row.getString("kind"),
                row.getString("name"),
                geometry(row.getBytes("geometry")),
                unit(row),
                row.getString("department_code"),
                types(row));
    }

    static FeatureTimes.Span span(ResultSet row, int number) throws SQLException {
        return new FeatureTimes.Span(
                row.getObject("valid_from", OffsetDateTime.class).toInstant(), end(row));
    }

    static byte[] ewkb(Geometry geometry) {
        return new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN, true).write(geometry);
    }

    private static @Nullable Instant end(ResultSet row) throws SQLException {
        OffsetDateTime validTo = row.getObject("valid_to", OffsetDateTime.class);
        return validTo == null ? null : validTo.toInstant();
    }

    private static @Nullable UnitCode unit(ResultSet row) throws SQLException {
        String code = row.getString("unit_code");
        return code == null ? null : new UnitCode(code);
    }

    static @Nullable List<String> types(ResultSet row) throws SQLException {
        Array types = row.getArray("incident_types");
        return types == null ? null : List.of((String[]) types.getArray());
    }

    private static Geometry geometry(byte[] wkb) {
        try {
            return new WKBReader().read(wkb);
        } catch (ParseException failure) {
            throw new IllegalStateException("PostGIS gave a geometry that is no WKB", failure);
        }
    }
}
