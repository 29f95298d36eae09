package org.citybrain.dispatch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;

/** How PostgreSQL runs a statement that a connection has asked often: with a plan that does not look at the parameters any more. */
public final class KeptPlan {

    private KeptPlan() {}

    /**
     * Runs it in a transaction that is set as those of batches are, and undoes it.
     *
     * @param types of the parameters, which are {@code $1} and so on in the statement
     * @param values of the parameters, as SQL
     * @return the lines of the plan, with the numbers of rows
     */
    public static List<String> explain(Database database, String types, String statement, String values)
            throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.dataSource(ServiceLogin.DISPATCH).getConnection();
                Statement run = connection.createStatement()) {
            connection.setAutoCommit(false);
            run.execute(PostgresTransactions.AS_A_BATCH);
            run.execute("prepare kept(" + types + ") as " + statement);
            try (ResultSet row =
                    run.executeQuery("explain (analyze, costs off, timing off) execute kept(" + values + ")")) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
        }
        return lines;
    }
}
