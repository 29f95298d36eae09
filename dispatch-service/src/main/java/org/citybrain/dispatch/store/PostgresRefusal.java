package org.citybrain.dispatch.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.core.NestedExceptionUtils;

/** What PostgreSQL says when it is the data themselves that it will not take. */
public final class PostgresRefusal {

    /** Data exception, constraint violation, raised by a function, internal error (as PostGIS's). */
    private static final Set<String> CLASSES = Set.of("22", "23", "P0", "XX");

    private PostgresRefusal() {}

    public static boolean isCause(RuntimeException e) {
        String state = sqlState(e);
        return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
    }

    /** The reason in one sentence, without the row that PostgreSQL would quote. */
    public static String why(RuntimeException e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        if (cause instanceof PSQLException refused && refused.getServerErrorMessage() != null) {
            return String.valueOf(refused.getServerErrorMessage().getMessage());
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static @Nullable String sqlState(RuntimeException e) {
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException refused
                ? refused.getSQLState()
                : null;
    }
}
