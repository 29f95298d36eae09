package org.citybrain.dispatch.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.WKBWriter;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows for one {@code COPY … FROM STDIN (FORMAT binary)}: the fastest way into PostgreSQL. Columns are written in the order of the
 * statement. The format is that of the PostgreSQL manual, page COPY, 'Binary Format'.
 */
final class PostgresCopy {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final long SECONDS_FROM_1970_TO_2000 = 946_684_800L;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int TEXT_OID = 25;
    private static final int SRID_FLAG_POINT = 0x20000001;
    private static final int WGS84 = 4326;

    private final String statement;
    private final int columns;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** @param statement {@code copy schema.table (column, …) from stdin (format binary)} */
    PostgresCopy(String statement) {
        this.statement = statement;
        this.columns = statement
                .substring(statement.indexOf('('), statement.indexOf(')'))
                .split(",")
                .length;
        write(() -> {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
        });
    }

    /** Begins a row. */
    PostgresCopy row() {
        return write(() -> out.writeShort(columns));
    }

    PostgresCopy uuid(@Nullable UUID value) {
        return value == null
                ? absent()
                : write(() -> {
                    out.writeInt(16);
                    out.writeLong(value.getMostSignificantBits());
                    out.writeLong(value.getLeastSignificantBits());
                });
    }

    /** For {@code text} and {@code json}. */
    PostgresCopy text(@Nullable String value) {
        return value == null ? absent() : bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    PostgresCopy name(@Nullable Enum<?> value) {
        return text(value == null ? null : value.name());
    }

    PostgresCopy bytes(byte[] value) {
        return write(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
    }

    PostgresCopy int4(int value) {
        return write(() -> {
            out.writeInt(4);
            out.writeInt(value);
        });
    }

    PostgresCopy int8(@Nullable Long value) {
        return value == null
                ? absent()
                : write(() -> {
                    out.writeInt(8);
                    out.writeLong(value);
                });
    }

    PostgresCopy float8(double value) {
        return write(() -> {
            out.writeInt(8);
            out.writeDouble(value);
        });
    }

    PostgresCopy bool(boolean value) {
        return write(() -> {
            out.writeInt(1);
            out.writeBoolean(value);
        });
    }

    /** To the microsecond. */
    PostgresCopy timestamp(@Nullable Instant value) {
        return int8(value == null ? null : micros(value));
    }

    PostgresCopy texts(Collection<String> values) {
        ByteArrayOutputStream elements = new ByteArrayOutputStream();
        DataOutputStream element = new DataOutputStream(elements);
        write(() -> {
            element.writeInt(values.isEmpty() ? 0 : 1);
            element.writeInt(0);
            element.writeInt(TEXT_OID);
            if (!values.isEmpty()) {
                element.writeInt(values.size());
                element.writeInt(1);
            }
            for (String value : values) {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                element.writeInt(text.length);
                element.write(text);
            }
        });
        return bytes(elements.toByteArray());
    }

    PostgresCopy point(Position value) {
        return write(() -> {
            out.writeInt(25);
            out.writeByte(0);
            out.writeInt(SRID_FLAG_POINT);
            out.writeInt(WGS84);
            out.writeDouble(value.longitude());
            out.writeDouble(value.latitude());
        });
    }

    PostgresCopy geometry(@Nullable Geometry value) {
        return value == null ? absent() : bytes(ewkb(value));
    }

    /** A geometry as PostGIS reads it, marked as WGS-84. */
    static byte[] ewkb(Geometry value) {
        Geometry marked = value.copy();
        marked.setSRID(WGS84);
        return new WKBWriter(2, ByteOrderValues.BIG_ENDIAN, true).write(marked);
    }

    /** Sends what was written, also where it is no row at all: the number of statements does not depend on the batch. */
    void send(CopyManager copyManager) throws SQLException {
        write(() -> out.writeShort(-1));
        CopyIn copy = copyManager.copyIn(statement);
        try {
            byte[] all = bytes.toByteArray();
            copy.writeToCopy(all, 0, all.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private PostgresCopy absent() {
        return write(() -> out.writeInt(-1));
    }

    private static long micros(Instant value) {
        return (value.getEpochSecond() - SECONDS_FROM_1970_TO_2000) * MICROS_PER_SECOND
                + value.getNano() / NANOS_PER_MICRO;
    }

    private PostgresCopy write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
