package org.citybrain.api.row;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * One row, column by column, in the types of the contract. It outlives its result set, so that what belongs to all rows
 * together can be read before each becomes an answer. {@code find…} is null where the column is; the others never are.
 */
public final class Row {

    private final Map<String, @Nullable Object> columns;

    private Row(Map<String, @Nullable Object> columns) {
        this.columns = columns;
    }

    public static List<Row> list(JdbcClient.StatementSpec statement) {
        return statement.query().listOfRows().stream().map(Row::new).toList();
    }

    public String text(String column) {
        return Objects.requireNonNull(findText(column), column);
    }

    public @Nullable String findText(String column) {
        Object value = columns.get(column);
        return value == null ? null : value.toString();
    }

    public int integer(String column) {
        return number(column).intValue();
    }

    public long longInteger(String column) {
        return number(column).longValue();
    }

    public @Nullable Long findLong(String column) {
        return (Long) columns.get(column);
    }

    public double decimal(String column) {
        return number(column).doubleValue();
    }

    public @Nullable Double findDecimal(String column) {
        Number value = (Number) columns.get(column);
        return value == null ? null : value.doubleValue();
    }

    public boolean flag(String column) {
        return (boolean) Objects.requireNonNull(columns.get(column), column);
    }

    public byte[] bytes(String column) {
        return (byte[]) Objects.requireNonNull(columns.get(column), column);
    }

    public UUID uuid(String column) {
        return Objects.requireNonNull(findUuid(column), column);
    }

    public @Nullable UUID findUuid(String column) {
        return (UUID) columns.get(column);
    }

    public Instant instant(String column) {
        return Objects.requireNonNull(findInstant(column), column);
    }

    public @Nullable Instant findInstant(String column) {
        Timestamp moment = (Timestamp) columns.get(column);
        return moment == null ? null : moment.toInstant();
    }

    public <E extends Enum<E>> E constant(String column, Class<E> type) {
        return Enum.valueOf(type, text(column));
    }

    public <E extends Enum<E>> @Nullable E findConstant(String column, Class<E> type) {
        String name = findText(column);
        return name == null ? null : Enum.valueOf(type, name);
    }

    public JsonNode json(String column) {
        return MessageJson.MAPPER.readTree(text(column));
    }

    public @Nullable JsonNode findJson(String column) {
        String json = findText(column);
        return json == null ? null : MessageJson.MAPPER.readTree(json);
    }

    private Number number(String column) {
        return (Number) Objects.requireNonNull(columns.get(column), column);
    }
}
