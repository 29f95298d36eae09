package org.citybrain.local.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes many made-up rows out of few that dispatch-service has written: the same, but for what is said. */
final class MultipliedRows {

    private final Connection connection;

    /** @param connection as the administrator: what it keeps the few rows in is gone with it */
    MultipliedRows(Connection connection) {
        this.connection = connection;
    }

    /** Keeps rows of a table of the schema dispatch, as {@code template_TABLE} with the alias that the caller gives it. */
    void keep(String table, String condition) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temp table template_" + table + " as select t.*, dense_rank() over (order by t."
                    + (table.equals("incident") ? "id" : "incident_id") + ") - 1 as nth from dispatch." + table
                    + " t where " + condition);
            statement.execute("analyze template_" + table);
        }
    }

    /**
     * Inserts a row for each that the query gives.
     *
     * @param different expressions of columns that are not as in {@code t}
     * @param from where {@code t} and what the expressions name come from
     * @return how many
     */
    long insert(String table, Map<String, String> different, String from) throws SQLException {
        List<String> columns = columns(table);
        List<String> values = columns.stream()
                .map(column -> different.getOrDefault(column, "t." + column))
                .toList();
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate("insert into dispatch." + table + " (" + String.join(", ", columns)
                    + ") select " + String.join(", ", values) + " from " + from);
        }
    }

    private List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select column_name from information_schema.columns where table_schema = 'dispatch' and table_name = '"
                                + table + "' and is_generated = 'NEVER' order by ordinal_position")) {
            while (row.next()) {
                columns.add(row.getString(1));
            }
        }
        return columns;
    }
}
