package org.citybrain.local.bench;

import java.sql.Connection;
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
            where kind = 'routing' and version = 1 and document::text ~ '"acknowledgeMinutes": [0-9]'
            """;

    /** Two seconds until it is in force, and dispatch-service looks for policies every five ({@code city-brain.dispatch.policy-refresh}). */
    private static final Duration UNTIL_READ = Duration.ofSeconds(10);

    private DistantDeadlines() {}

    /** Returns when dispatch-service has read it. */
    static void set(Connection administrator) throws SQLException, InterruptedException {
        try (Statement statement = administrator.createStatement()) {
            if (statement.executeUpdate(INSERT) != 1) {
                throw new IllegalStateException("the first routing policy has no acknowledgeMinutes to make longer");
            }
        }
        TimeUnit.NANOSECONDS.sleep(UNTIL_READ.toNanos());
    }
}
