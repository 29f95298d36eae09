package org.citybrain.dispatch.picture;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The open incidents around those of a batch, in one statement behind a savepoint: where it fails, the batch goes on. */
@Component
class PostgisNearIncidents {

    /** Expects incident_open_by_square of every month. No range of ids: the planner would read them all by the primary key as well. */
    static final String LIST = """
            select id, number, opened_at, type, level, scope, st_x(location) as longitude, st_y(location) as latitude
            from dispatch.incident
            where dispatch.square_of(location) = any (:squares) and closed_at is null and opened_at >= :opened_since
            """;

    private static final int MOST_SECONDS = 2;

    private final JdbcClient jdbc;
    private final TransactionTemplate behindSavepoint;

    PostgisNearIncidents(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.behindSavepoint = new TransactionTemplate(transactions);
        behindSavepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * Those in these squares, each once, however many look for it. One statement and its savepoint, also where there is nothing to ask.
     *
     * @param openedSince older ones are left out
     */
    List<OpenIncident> list(SortedSet<Integer> squares, Instant openedSince) {
        return Objects.requireNonNull(behindSavepoint.execute(status -> read(squares, openedSince)));
    }

    private List<OpenIncident> read(SortedSet<Integer> squares, Instant openedSince) {
        return jdbc.sql(LIST)
                .param("squares", squares.toArray(Integer[]::new))
                .param("opened_since", Timestamp.from(openedSince))
                .withQueryTimeout(MOST_SECONDS)
                .query((row, i) -> {
                    String level = row.getString("level");
                    String scope = row.getString("scope");
                    return new OpenIncident(
                            row.getObject("id", UUID.class),
                            row.getLong("number"),
                            row.getTimestamp("opened_at").toInstant(),
                            row.getString("type"),
                            level == null ? null : Level.valueOf(level),
                            scope == null ? null : HandlingScope.valueOf(scope),
                            new Position(row.getDouble("longitude"), row.getDouble("latitude")));
                })
                .list();
    }
}
