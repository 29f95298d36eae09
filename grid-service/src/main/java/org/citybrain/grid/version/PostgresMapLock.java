package org.citybrain.grid.version;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Held by the one who changes the map, over as many transactions as it takes. It is a connection's own lock: when the process
 * dies, PostgreSQL lets it go.
 */
@Repository
public class PostgresMapLock {

    private static final String TRY = "select pg_try_advisory_lock(hashtextextended('city_brain_grid_map', 0))";
    private static final String WAIT = "select pg_advisory_lock(hashtextextended('city_brain_grid_map', 0))";
    private static final String RELEASE = "select pg_advisory_unlock(hashtextextended('city_brain_grid_map', 0))";

    private final DataSource dataSource;

    PostgresMapLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Does the work while nobody else changes the map.
     *
     * @return what the work gave; null where somebody else is at it, and nothing was done
     */
    public <T> @Nullable T tryHolding(Supplier<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return isTaken(connection) ? releasing(connection, work) : null;
        } catch (SQLException failure) {
            throw new IllegalStateException("the lock on the map could not be had", failure);
        }
    }

    /** Does the work when nobody else changes the map, however long that takes. */
    public <T> T holding(Supplier<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, WAIT);
            return releasing(connection, work);
        } catch (SQLException failure) {
            throw new IllegalStateException("the lock on the map could not be had", failure);
        }
    }

    private static boolean isTaken(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY);
                ResultSet result = statement.executeQuery()) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static <T> T releasing(Connection connection, Supplier<T> work) throws SQLException {
        try {
            return work.get();
        } finally {
            execute(connection, RELEASE);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
