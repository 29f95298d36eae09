package org.citybrain.dispatch.command;

import java.util.UUID;
import org.citybrain.messages.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far a place is from an incident. */
@Component
public class PostgisDistance {

    /** So near is at the incident (policy default). */
    public static final int SURROUNDINGS_METERS = 500;

    /** Geography, for it is metres on the ellipsoid. Expects the primary key of dispatch.incident. */
    private static final String METERS = """
            select st_distance(coalesce(footprint, location)::geography,
                               st_setsrid(st_makepoint(:longitude, :latitude), 4326)::geography)
            from dispatch.incident
            where id = :id
            """;

    private final JdbcClient jdbc;

    PostgisDistance(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From the nearest point of the incident's footprint, or from its location where it has none; 0 within the footprint. */
    public double meters(UUID incident, Position place) {
        return jdbc.sql(METERS)
                .param("id", incident)
                .param("longitude", place.longitude())
                .param("latitude", place.latitude())
                .query(Double.class)
                .single();
    }
}
