package org.citybrain.dispatch.picture;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;

/** The open incidents around a batch, from which the nearest of each of its own are chosen. */
final class NearestIncidents {

    private static final Comparator<NearIncident> FARTHEST_FIRST = NearIncident.NEAREST_FIRST.reversed();

    private final STRtree tree = new STRtree();

    NearestIncidents(List<OpenIncident> all) {
        for (OpenIncident each : all) {
            tree.insert(new Envelope(coordinate(each.position())), each);
        }
        tree.build();
    }

    /**
     * The nearest to a place within a distance, in order.
     *
     * @param itself the incident at the place, which is not near itself
     */
    List<NearIncident> of(Position place, UUID itself, double meters, int most) {
        PriorityQueue<NearIncident> nearest = new PriorityQueue<>(FARTHEST_FIRST);
        tree.query(LocalMeters.around(place, meters), item -> {
            OpenIncident other = (OpenIncident) item;
            double away = LocalMeters.distance(place, other.position());
            if (away <= meters && !other.id().equals(itself)) {
                nearest.add(NearIncident.of(other, away));
                if (nearest.size() > most) {
                    nearest.remove();
                }
            }
        });
        return nearest.stream().sorted(NearIncident.NEAREST_FIRST).toList();
    }

    private static Coordinate coordinate(Position position) {
        return new Coordinate(position.longitude(), position.latitude());
    }
}
