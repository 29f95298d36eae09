package org.citybrain.local.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Nobody acknowledges what a benchmark makes up. So that it measures the way of reports and not a city in which every deadline is missed, its database
 * gets a second routing policy before the first report comes: the first one, but tasks may be acknowledged within two hours.
 */
final class DistantDeadlines {

    private static final String INSERT = """
            insert into dispatch.policy (kind, version, status, document, effective_from, created_at, note, based_on, authors, rehearsed_at, approved_by,
                                         approved_at, approval_reason)
            select kind, 2, 'APPROVED',
                   regexp_replace(document::text, '("acknowledgeMinutes": )[0-9]+', '\\1120', 'g')::jsonb, now() + interval '2 seconds', now(),
                   'nobody acknowledges what a benchmark makes up', 1, '{bench-author}', now(), 'bench', now(), 'a benchmark''s own'
            from dispatch.policy
            where kind = 'routing' and version = 1
            """;

    private static final String IS_IN_FORCE = """
            select effective_from < now() - interval '5 seconds' from dispatch.policy where kind = 'routing' and version = 2
            """;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private DistantDeadlines() {}

    /** Returns when every service has read it. */
    static void set(Connection administrator) throws SQLException, InterruptedException {
        try (Statement statement = administrator.createStatement()) {
            statement.executeUpdate(INSERT);
            while (!isInForce(statement)) {
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            }
        }
    }

    private static boolean isInForce(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(IS_IN_FORCE)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
