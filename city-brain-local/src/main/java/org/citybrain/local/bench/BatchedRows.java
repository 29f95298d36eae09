package org.citybrain.local.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usual way to write many rows from Java: the rows that dispatch-service has stored, inserted by JDBC's batches, which the driver rewrites
 * into inserts of many rows each ({@code reWriteBatchedInserts}). The values are bound as text, whose types PostgreSQL finds out.
 */
final class BatchedRows {

    /** For the connections into which it writes. */
    static final String DRIVER_SETTINGS = "reWriteBatchedInserts=true&stringtype=unspecified";

    private static final List<String> TABLES = List.of("report_key", "report", "incident", "task", "incident_event");

    private final List<Table> tables = new ArrayList<>();
    private final int portions;

    private BatchedRows(int portions) {
        this.portions = portions;
    }

    /** Reads all that is stored, to be written in so many transactions. */
    static BatchedRows read(Connection stored, int portions) throws SQLException {
        BatchedRows rows = new BatchedRows(portions);
        for (String table : TABLES) {
            List<String> columns = columns(stored, table);
            List<List<@Nullable String>> values = new ArrayList<>();
            String select = "select " + String.join("::text, ", columns) + "::text from dispatch." + table;
            try (Statement statement = stored.createStatement();
                    ResultSet row = statement.executeQuery(select)) {
                while (row.next()) {
                    List<@Nullable String> one = new ArrayList<>(columns.size());
                    for (int i = 1; i <= columns.size(); i++) {
                        one.add(row.getString(i));
                    }
                    values.add(one);
                }
            }
            rows.tables.add(new Table(
                    "insert into dispatch." + table + " (" + String.join(", ", columns) + ") values ("
                            + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")",
                    values));
        }
        return rows;
    }

    /** Those that are written; what the database computes of them it computes here, too. */
    private static List<String> columns(Connection stored, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement select = stored.prepareStatement("""
                select column_name from information_schema.columns
                where table_schema = 'dispatch' and table_name = ? and is_generated = 'NEVER'
                order by ordinal_position
                """)) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    columns.add(row.getString(1));
                }
            }
        }
        return columns;
    }

    /** Inserts every so-manieth portion, each in a transaction of its own. */
    void insertInto(Connection empty, int first, int step) throws SQLException {
        empty.setAutoCommit(false);
        try (Statement statement = empty.createStatement()) {
            statement.execute("set synchronous_commit = off");
            empty.commit();
        }
        for (int portion = first; portion < portions; portion += step) {
            for (Table table : tables) {
                int from = (int) ((long) table.rows().size() * portion / portions);
                int to = (int) ((long) table.rows().size() * (portion + 1) / portions);
                try (PreparedStatement insert = empty.prepareStatement(table.insert())) {
                    for (List<@Nullable String> row : table.rows().subList(from, to)) {
                        for (int i = 0; i < row.size(); i++) {
                            insert.setString(i + 1, row.get(i));
                        }
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
            }
            empty.commit();
        }
    }

    private record Table(String insert, List<List<@Nullable String>> rows) {}
}
