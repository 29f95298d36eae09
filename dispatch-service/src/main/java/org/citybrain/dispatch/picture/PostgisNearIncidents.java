package org.citybrain.dispatch.picture;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The open incidents near those of a batch, in one statement behind a savepoint: where it fails, the batch goes on. */
@Component
class PostgisNearIncidents {

    /**
     * Expects incident_open_by_place of the partitions since :opened_since, read from the place outwards, so that where many are near
     * only the nearest are read: how far away they may be is looked at afterwards. Degrees put them in order, metres are measured then:
     * the last that is let in may lie a little farther away than the first that is not.
     */
    static final String LIST = """
            select asked.place, near.id, near.number, near.type, near.level, near.scope, near.longitude, near.latitude
            from unnest(:places::integer[], :longitudes::float8[], :latitudes::float8[]) as asked (place, longitude, latitude)
            cross join lateral (
                select i.id, dispatch.readable_number(i.opened_at, i.number) as number, i.type, i.level, i.scope,
                       st_x(i.location) as longitude, st_y(i.location) as latitude
                from dispatch.incident i
                where i.closed_at is null
                  and i.id >= dispatch.lowest_id_at(:opened_since) and i.id < dispatch.lowest_id_at(:opened_before)
                order by i.location <-> st_setsrid(st_makepoint(asked.longitude, asked.latitude), 4326)
                limit :most) near
            """;

    private static final int MOST_SECONDS = 2;
    /** An id begins with the moment when event-intake received the opening report, by its clock. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate behindSavepoint;

    PostgisNearIncidents(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.behindSavepoint = new TransactionTemplate(transactions);
        behindSavepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * For each of these incidents, none of which is stored yet, those that are, within a distance. One statement and its savepoint, also
     * where there is nothing to ask.
     *
     * @param openedSince older ones are left out
     * @param most of each
     */
    Map<UUID, List<NearIncident>> list(
            List<Incident> incidents, double meters, Instant openedSince, Instant now, int most) {
        return Objects.requireNonNull(
                behindSavepoint.execute(status -> read(incidents, meters, openedSince, now, most)));
    }

    private Map<UUID, List<NearIncident>> read(
            List<Incident> incidents, double meters, Instant openedSince, Instant now, int most) {
        Integer[] places = new Integer[incidents.size()];
        Double[] longitudes = new Double[places.length];
        Double[] latitudes = new Double[places.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
            longitudes[i] = incidents.get(i).position().longitude();
            latitudes[i] = incidents.get(i).position().latitude();
        }
        Map<UUID, List<NearIncident>> near = new HashMap<>();
        jdbc.sql(LIST)
                .param("places", places)
                .param("longitudes", longitudes)
                .param("latitudes", latitudes)
                .param("opened_since", Timestamp.from(openedSince))
                .param("opened_before", Timestamp.from(now.plus(CLOCKS_DIFFER)))
                .param("most", most)
                .withQueryTimeout(MOST_SECONDS)
                .query(row -> {
                    Incident asked = incidents.get(row.getInt("place"));
                    double away = LocalMeters.distance(
                            asked.position(), new Position(row.getDouble("longitude"), row.getDouble("latitude")));
                    String level = row.getString("level");
                    String scope = row.getString("scope");
                    if (away <= meters) {
                        near.computeIfAbsent(asked.id(), id -> new ArrayList<>())
                                .add(new NearIncident(
                                        row.getObject("id", UUID.class),
                                        row.getString("number"),
                                        row.getString("type"),
                                        level == null ? null : Level.valueOf(level),
                                        scope == null ? null : HandlingScope.valueOf(scope),
                                        Math.round(away)));
                    }
                });
        return near;
    }
}
