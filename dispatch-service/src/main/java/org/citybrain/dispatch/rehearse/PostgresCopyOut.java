package org.citybrain.dispatch.rehearse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads rows by {@code COPY … TO STDOUT (FORMAT binary)}: the fastest way out of PostgreSQL, and one that keeps no more than a row in memory. */
final class PostgresCopyOut {

    private PostgresCopyOut() {}

    /** A connection that only reads, in one snapshot. Whoever asks closes it; it draws no transaction id. */
    static Connection reading(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * @param take may throw: then the connection is cut off, and the pool makes a new one. Cancelling the statement instead would be a race
     *     with its end, which the next user of the connection could lose
     */
    static void read(Connection connection, String statement, Consumer<CopiedRow> take) throws SQLException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
        boolean isWhole = false;
        try {
            boolean isFirst = true;
            for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
                CopiedRow row = CopiedRow.of(message, isFirst);
                isFirst = false;
                if (row != null) {
                    take.accept(row);
                }
            }
            isWhole = true;
        } finally {
            if (!isWhole) {
                connection.abort(Runnable::run);
            }
        }
    }
}
