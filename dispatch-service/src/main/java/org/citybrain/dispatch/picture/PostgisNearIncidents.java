package org.citybrain.dispatch.picture;

import java.sql.Timestamp;
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
     * Expects incident_open_by_place of every month, read from the place outwards, so that where many are near only the nearest are read: how
     * far away they may be is looked at afterwards. Degrees put them in order, metres are measured then: the last that is let in may lie a
     * little farther away than the first that is not.
     *
     * <p>Neither a range of ids nor the limit as a parameter: with either the planner would rather read and sort all open incidents for each
     * place, 24 s instead of 33 ms for 300 places among 12,000.
     */
    static final String LIST = """
            select asked.place, near.id, near.number, near.type, near.level, near.scope, near.longitude, near.latitude
            from unnest(:places::integer[], :longitudes::float8[], :latitudes::float8[]) as asked (place, longitude, latitude)
            cross join lateral (
                select i.id, dispatch.readable_number(i.opened_at, i.number) as number, i.type, i.level, i.scope,
                       st_x(i.location) as longitude, st_y(i.location) as latitude
                from dispatch.incident i
                where i.closed_at is null and i.opened_at >= :opened_since
                order by i.location <-> st_setsrid(st_makepoint(asked.longitude, asked.latitude), 4326)
                limit %d) near
            """.formatted(DescribePicture.MOST_INCIDENTS + 1);

    private static final int MOST_SECONDS = 2;

    private final JdbcClient jdbc;
    private final TransactionTemplate behindSavepoint;

    PostgisNearIncidents(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.behindSavepoint = new TransactionTemplate(transactions);
        behindSavepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * For each of these incidents, none of which is stored yet, the nearest that are, within a distance. One statement and its savepoint, also
     * where there is nothing to ask.
     *
     * @param openedSince older ones are left out
     */
    Map<UUID, List<NearIncident>> list(List<Incident> incidents, double meters, Instant openedSince) {
        return Objects.requireNonNull(behindSavepoint.execute(status -> read(incidents, meters, openedSince)));
    }

    private Map<UUID, List<NearIncident>> read(List<Incident> incidents, double meters, Instant openedSince) {
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
