package org.citybrain.migrations;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.citybrain.testing.Database;

/** How PostgreSQL runs a query when the tables are big: with sequential scans priced out, as their size will. */
final class Plan {

    private Plan() {}

    /** The plan's lines. The query is run: {@code (never executed)} stands where a partition was pruned while running. */
    static List<String> of(Database database, ServiceLogin login, String query) throws SQLException {
        var settings = new Properties();
        settings.setProperty("user", login.role());
        settings.setProperty("password", database.password(login));
        settings.setProperty("options", "-c enable_seqscan=off");
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), settings);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("explain (analyze, timing off, summary off) " + query)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }
}
