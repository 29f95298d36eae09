package org.citybrain.dispatch.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Which instance relays: the one whose session holds an advisory lock. If the instance or its connection dies, PostgreSQL frees the lock
 * and another instance takes over.
 */
@Component
class PostgresRelayLeadership implements DisposableBean {

    private static final String TRY_LOCK = "select pg_try_advisory_lock(hashtext('dispatch'), hashtext('relay'))";
    private static final int VALIDATION_TIMEOUT_SECONDS = 2;

    private final DataSource dataSource;
    private @Nullable Connection holder;

    PostgresRelayLeadership(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whether this instance has relayed last. */
    synchronized boolean isHeld() {
        return holder != null;
    }

    /** Whether this instance relays, now. Takes the lock where nobody holds it. */
    synchronized boolean hold() {
        try {
            if (holder != null && holder.isValid(VALIDATION_TIMEOUT_SECONDS)) {
                return true;
            }
            destroy();
            Connection connection = dataSource.getConnection();
            if (locks(connection)) {
                holder = connection;
                return true;
            }
            connection.close();
            return false;
        } catch (SQLException e) {
            destroy();
            return false;
        }
    }

    @Override
    public synchronized void destroy() {
        Connection connection = holder;
        holder = null;
        if (connection != null) {
            try (connection) {
                // A pooled connection lives on when it is closed here: its session must not keep the lock.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone already, and with it the lock.
                return;
            }
        }
    }

    private static boolean locks(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY_LOCK);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
