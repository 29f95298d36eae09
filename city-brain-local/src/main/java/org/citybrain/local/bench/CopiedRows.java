package org.citybrain.local.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The limit of the pipeline: the rows that dispatch-service has stored of some reports, copied out in portions of as many reports as a batch
 * has, to be copied by nothing but PostgreSQL's binary COPY into the same tables of an empty database.
 */
final class CopiedRows {

    private static final int PER_TRANSACTION = 500;

    /** What a report brings with it, and by which column it belongs to its incident. */
    private static final List<Table> TABLES = List.of(
            new Table("report_key", "key.report_id = any (select report_id from bench_report where portion = %d)"),
            new Table(
                    "report",
                    "key.report_id = any (select report_id from bench_report where portion = %d) and key.received_at >= '%s'"),
            new Table("incident", "key.id = any (select incident_id from bench_report where portion = %d and opened)"),
            new Table(
                    "task",
                    "key.incident_id = any (select incident_id from bench_report where portion = %d and opened)"),
            new Table(
                    "incident_event",
                    "key.incident_id = any (select incident_id from bench_report where portion = %d and opened)"));

    private final List<Portion> portions = new ArrayList<>();
    private long rows;
    private long bytes;

    /** Copies out what was stored since a moment. */
    static CopiedRows since(Instant moment, Connection stored) throws SQLException, IOException {
        CopiedRows copied = new CopiedRows();
        try (Statement statement = stored.createStatement()) {
            statement.execute("drop table if exists bench_report");
            statement.execute("create temp table bench_report as "
                    + "select report_id, incident_id, outcome = 'OPENED' as opened, "
                    + "(row_number() over (order by incident_id) - 1) / " + PER_TRANSACTION + " as portion "
                    + "from dispatch.report where received_at >= '" + moment + "'");
            statement.execute("create index on bench_report (portion)");
            statement.execute("analyze bench_report");
            long last;
            try (ResultSet row = statement.executeQuery("select coalesce(max(portion), -1) from bench_report")) {
                row.next();
                last = row.getLong(1);
            }
            CopyManager copy = stored.unwrap(PGConnection.class).getCopyAPI();
            for (long number = 0; number <= last; number++) {
                List<byte[]> tables = new ArrayList<>();
                for (Table table : TABLES) {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    copied.rows += copy.copyOut(
                            "copy (select " + columns(table, stored) + " from dispatch." + table.name() + " key where "
                                    + table.condition().formatted(number, moment) + ") to stdout (format binary)",
                            out);
                    copied.bytes += out.size();
                    tables.add(out.toByteArray());
                }
                copied.portions.add(new Portion(tables));
            }
        }
        return copied;
    }

    /** Those that are written; what the database computes of them it computes in the limit, too. */
    private static String columns(Table table, Connection stored) throws SQLException {
        try (Statement statement = stored.createStatement();
                ResultSet row = statement.executeQuery(
                        "select string_agg('key.' || column_name, ', ' order by ordinal_position) from information_schema.columns "
                                + "where table_schema = 'dispatch' and table_name = '" + table.name()
                                + "' and is_generated = 'NEVER'")) {
            row.next();
            return row.getString(1);
        }
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** Copies every so-manieth portion in, each in a transaction of its own. */
    void copyInto(Connection empty, int first, int step) throws SQLException, IOException {
        empty.setAutoCommit(false);
        try (Statement statement = empty.createStatement()) {
            statement.execute("set synchronous_commit = off");
            empty.commit();
        }
        CopyManager copy = empty.unwrap(PGConnection.class).getCopyAPI();
        for (int i = first; i < portions.size(); i += step) {
            List<byte[]> tables = portions.get(i).tables();
            for (int table = 0; table < TABLES.size(); table++) {
                copy.copyIn(
                        "copy dispatch." + TABLES.get(table).name() + " from stdin (format binary)",
                        new java.io.ByteArrayInputStream(tables.get(table)));
            }
            empty.commit();
        }
    }

    private record Table(String name, String condition) {}

    private record Portion(List<byte[]> tables) {}
}
