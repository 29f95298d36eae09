package org.citybrain.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import tools.jackson.databind.JsonNode;

/**
 * A client that goes on posting while the system falls over, and writes down what it was promised. A batch that got no
 * answer is sent again, as a gateway would; one in five of those is given up instead, and nobody knows what became of it.
 */
final class PostedReports {

    private static final int LARGEST_BATCH = 40;
    private static final double GIVEN_UP = 0.2;
    private static final List<String> TYPES =
            List.of("flood.waterlogging", "traffic.collision", "power.outage", "city.manhole-cover");

    private final CityClient city;
    private final List<Place> places;
    private final Random random;
    private final Set<UUID> accepted = ConcurrentHashMap.newKeySet();
    private final Set<UUID> givenUp = new HashSet<>();

    PostedReports(CityClient city, List<Place> places, long seed) {
        this.city = city;
        this.places = places;
        this.random = new Random(seed);
    }

    /** Posts until so many reports were accepted. */
    void post(int reports) throws InterruptedException {
        while (accepted.size() < reports) {
            var ids = new ArrayList<UUID>();
            var lines = new ArrayList<String>();
            int size = Math.min(1 + random.nextInt(LARGEST_BATCH), reports - accepted.size());
            for (int i = 0; i < size; i++) {
                var id = new UUID(random.nextLong(), random.nextLong());
                Place place = places.get(random.nextInt(places.size()));
                ids.add(id);
                lines.add(ReportLines.byWorker(
                                id, TYPES.get(random.nextInt(TYPES.size())), place, 1L + random.nextInt(200))
                        .toString());
            }
            send(ids, lines);
        }
    }

    private void send(List<UUID> ids, List<String> lines) throws InterruptedException {
        if (!isAccepted(ids, lines)) {
            if (random.nextDouble() < GIVEN_UP) {
                givenUp.addAll(ids);
                return;
            }
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isAccepted(ids, lines));
        }
    }

    private boolean isAccepted(List<UUID> ids, List<String> lines) throws InterruptedException {
        try {
            JsonNode answer = city.postBatch(lines);
            if (answer.get("accepted").asInt() != ids.size()) {
                throw new AssertionError("a good report was refused: " + answer);
            }
            accepted.addAll(ids);
            return true;
        } catch (IOException noAnswer) {
            return false;
        }
    }

    /** The ids of the reports for which the gate said that they are safe. */
    Set<UUID> accepted() {
        return accepted;
    }

    /** The ids of those that got no answer and were not sent again. */
    Set<UUID> givenUp() {
        return givenUp;
    }
}
