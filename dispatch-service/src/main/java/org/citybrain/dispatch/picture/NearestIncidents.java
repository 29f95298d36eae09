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
        PriorityQueue<Away> nearest = new PriorityQueue<>(Away.FARTHEST_FIRST);
        tree.query(LocalMeters.around(place, meters), item -> {
            OpenIncident other = (OpenIncident) item;
            double away = LocalMeters.distance(place, other.position());
            if (away <= meters && !other.id().equals(itself)) {
                nearest.add(new Away(other, Math.round(away)));
                if (nearest.size() > most) {
                    nearest.remove();
                }
            }
        });
        return nearest.stream()
                .sorted(Away.FARTHEST_FIRST.reversed())
                .map(Away::near)
                .toList();
    }

    private static Coordinate coordinate(Position position) {
        return new Coordinate(position.longitude(), position.latitude());
    }

    private record Away(OpenIncident incident, long meters) {

        static final Comparator<Away> FARTHEST_FIRST = Comparator.comparingLong(Away::meters)
                .thenComparing(away -> away.incident().id())
                .reversed();

        NearIncident near() {
            return NearIncident.of(incident, meters);
        }
    }
}
