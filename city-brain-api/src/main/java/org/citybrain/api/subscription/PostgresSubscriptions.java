package org.citybrain.api.subscription;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Subscriptions as they are stored. */
@Component
public class PostgresSubscriptions {

    private static final String COLUMNS = """
            id, person, reach, department, units, levels, scopes, types, events, channel, url, status, status_reason, created_at
            """;

    private static final String ADD = """
            insert into api.subscription (id, person, reach, department, units, levels, scopes, types, events, channel, url, status,
                status_reason, created_at)
            values (:id, :person, :reach, :department, :units, :levels, :scopes, :types, :events, :channel, :url, 'ACTIVE', null, :createdAt)
            on conflict (id) do nothing
            """;

    // Index: the primary key
    private static final String ONE = "select %s from api.subscription where id = :id".formatted(COLUMNS);

    // Index: subscription_of_person; for the administrator, who asks for all, none
    private static final String LIST = """
            select %s from api.subscription
            where (:person::text is null or person = :person)
            order by person, created_at, id
            limit :most
            """.formatted(COLUMNS);

    // Index: none; a city has some thousands of them
    private static final String ACTIVE = """
            select %s from api.subscription where status = 'ACTIVE' and events && :events::text[]
            """.formatted(COLUMNS);

    private static final String COUNT = "select count(*) from api.subscription where person = :person";

    private static final String REMOVE = "delete from api.subscription where id = :id";

    private static final String ROTATE = """
            update api.subscription set secret_generation = secret_generation + 1, former_secret_until = :until
            where id = :id and (former_secret_until is null or former_secret_until <= :now)
            returning secret_generation
            """;

    private static final String GENERATION = "select secret_generation from api.subscription where id = :id";

    private final JdbcClient jdbc;

    PostgresSubscriptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds it; returns whether none of this id was there. */
    boolean add(Subscription subscription) {
        return jdbc.sql(ADD)
                        .param("id", subscription.id())
                        .param("person", subscription.person())
                        .param("reach", subscription.reach())
                        .param("department", subscription.department(), Types.VARCHAR)
                        .param("units", subscription.units().toArray(String[]::new))
                        .param("levels", names(subscription.levels()))
                        .param("scopes", names(subscription.scopes()))
                        .param("types", subscription.types().toArray(String[]::new))
                        .param("events", names(subscription.events()))
                        .param("channel", subscription.channel().name())
                        .param("url", subscription.url(), Types.VARCHAR)
                        .param("createdAt", subscription.createdAt().atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    Optional<Subscription> find(UUID id) {
        return jdbc.sql(ONE).param("id", id).query((row, i) -> read(row)).optional();
    }

    /** Those of one person, or everybody's where it is null. */
    List<Subscription> list(@Nullable String person, int most) {
        return jdbc.sql(LIST)
                .param("person", person, Types.VARCHAR)
                .param("most", most)
                .query((row, i) -> read(row))
                .list();
    }

    /** Those that are served and ask for any of these events. */
    public List<Subscription> listActive(Set<NoticeEvent> events) {
        return jdbc.sql(ACTIVE)
                .param("events", names(events))
                .query((row, i) -> read(row))
                .list();
    }

    int count(String person) {
        return jdbc.sql(COUNT).param("person", person).query(Integer.class).single();
    }

    void remove(UUID id) {
        jdbc.sql(REMOVE).param("id", id).update();
    }

    /** The next generation of its secret, where the one before the present one is not good any more; the present one stays good until then. */
    Optional<Integer> rotate(UUID id, Instant now, Instant formerUntil) {
        return jdbc.sql(ROTATE)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", formerUntil.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .optional();
    }

    int generation(UUID id) {
        return jdbc.sql(GENERATION).param("id", id).query(Integer.class).single();
    }

    private static Subscription read(ResultSet row) throws SQLException {
        return new Subscription(
                row.getObject("id", UUID.class),
                row.getString("person"),
                row.getString("reach"),
                row.getString("department"),
                List.of(texts(row, "units")),
                constants(row, "levels", Level.class),
                constants(row, "scopes", HandlingScope.class),
                Set.of(texts(row, "types")),
                constants(row, "events", NoticeEvent.class),
                Channel.valueOf(row.getString("channel")),
                row.getString("url"),
                Subscription.Status.valueOf(row.getString("status")),
                row.getString("status_reason"),
                row.getTimestamp("created_at").toInstant());
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static <E extends Enum<E>> Set<E> constants(ResultSet row, String column, Class<E> type)
            throws SQLException {
        return Arrays.stream(texts(row, column))
                .map(name -> Enum.valueOf(type, name))
                .collect(Collectors.toSet());
    }

    private static String[] names(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).toArray(String[]::new);
    }
}
