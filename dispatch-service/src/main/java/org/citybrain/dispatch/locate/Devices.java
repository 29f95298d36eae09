package org.citybrain.dispatch.locate;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;

/** The devices of the city, by where they are. */
final class Devices {

    private final STRtree tree = new STRtree();

    Devices(List<Device> all) {
        for (Device device : all) {
            tree.insert(
                    new Envelope(new Coordinate(
                            device.position().longitude(), device.position().latitude())),
                    device);
        }
        tree.build();
    }

    int size() {
        return tree.size();
    }

    /** Those that there are at a moment within a distance, the nearest first. */
    List<Nearby<Device>> near(Position position, double meters, Instant moment) {
        return within(LocalMeters.around(position, meters))
                .filter(device -> device.holdsAt(moment))
                .map(device -> new Nearby<>(device, LocalMeters.distance(position, device.position())))
                .filter(device -> device.meters() <= meters)
                .sorted(Comparator.comparingDouble((Nearby<Device> device) -> device.meters())
                        .thenComparing(device -> device.what().id()))
                .toList();
    }

    @SuppressWarnings("unchecked") // an STRtree returns what was put in
    private Stream<Device> within(Envelope envelope) {
        return tree.isEmpty() ? Stream.of() : tree.query(envelope).stream();
    }
}
