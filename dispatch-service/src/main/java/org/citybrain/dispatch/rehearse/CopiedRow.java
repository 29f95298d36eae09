package org.citybrain.dispatch.rehearse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code COPY … TO STDOUT (FORMAT binary)} sends, value by value in the order of the statement's columns. The format is that of the
 * PostgreSQL manual, page COPY, 'Binary Format'.
 */
final class CopiedRow {

    private static final int SIGNATURE_BYTES = 11;
    private static final byte SIGNATURE_BEGINS = 'P';
    private static final int ABSENT = -1;

    private final byte[] message;
    private final ByteBuffer bytes;

    private CopiedRow(byte[] message, ByteBuffer bytes) {
        this.message = message;
        this.bytes = bytes;
    }

    /** The row of one message; null for the end of all rows. The first message begins with the header. */
    static @Nullable CopiedRow of(byte[] message, boolean isFirst) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        if (isFirst && message.length > SIGNATURE_BYTES && message[0] == SIGNATURE_BEGINS) {
            bytes.position(SIGNATURE_BYTES + Integer.BYTES);
            int extension = bytes.getInt();
            bytes.position(bytes.position() + extension);
        }
        return bytes.remaining() < Short.BYTES || bytes.getShort() < 0 ? null : new CopiedRow(message, bytes);
    }

    UUID uuid() {
        require(bytes.getInt(), 2 * Long.BYTES);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Nullable
    UUID findUuid() {
        return bytes.getInt() == ABSENT ? null : new UUID(bytes.getLong(), bytes.getLong());
    }

    String text() {
        String text = findText();
        if (text == null) {
            throw new IllegalStateException("a column is null: expected a text");
        }
        return text;
    }

    @Nullable
    String findText() {
        int length = bytes.getInt();
        if (length == ABSENT) {
            return null;
        }
        String text = new String(message, bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }

    byte[] bytes() {
        byte[] value = new byte[Math.max(0, bytes.getInt())];
        bytes.get(value);
        return value;
    }

    List<String> texts() {
        bytes.getInt();
        int dimensions = bytes.getInt();
        bytes.getInt();
        bytes.getInt();
        if (dimensions == 0) {
            return List.of();
        }
        int count = bytes.getInt();
        bytes.getInt();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    boolean bool() {
        require(bytes.getInt(), 1);
        return bytes.get() != 0;
    }

    int int4() {
        require(bytes.getInt(), Integer.BYTES);
        return bytes.getInt();
    }

    @Nullable
    Integer findInt4() {
        return bytes.getInt() == ABSENT ? null : bytes.getInt();
    }

    long int8() {
        require(bytes.getInt(), Long.BYTES);
        return bytes.getLong();
    }

    @Nullable
    Long findInt8() {
        return bytes.getInt() == ABSENT ? null : bytes.getLong();
    }

    double float8() {
        require(bytes.getInt(), Double.BYTES);
        return bytes.getDouble();
    }

    @Nullable
    Double findFloat8() {
        return bytes.getInt() == ABSENT ? null : bytes.getDouble();
    }

    private static void require(int length, int expected) {
        if (length != expected) {
            throw new IllegalStateException("a column has " + length + " bytes: expected " + expected);
        }
    }
}
