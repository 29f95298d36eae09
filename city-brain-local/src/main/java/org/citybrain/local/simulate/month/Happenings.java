package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.citybrain.messages.Report.Location;
import org.citybrain.messages.Report.Source;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.SourceKind;
import org.jspecify.annotations.Nullable;

/**
 * What happens in the city, as reports: mostly everyday matters, one in twelve an emergency, few of them grave; by day more than by night.
 * One in seven is reported twice. The same seed gives the same reports, ids included.
 */
final class Happenings {

    private static final double REPORTED_TWICE = 1 / 7.0;
    private static final double EMERGENCIES = 1 / 12.0;
    private static final int HOURS = 24;

    /** How much happens in each hour of the day, by the city's own time. */
    private static final int[] BY_HOUR = {
        2, 1, 1, 1, 1, 2, 4, 7, 9, 8, 7, 6, 6, 6, 6, 6, 6, 7, 8, 7, 6, 5, 4, 3,
    };

    private static final List<String> EVERYDAY = List.of(
            "city.litter",
            "city.parking",
            "city.noise",
            "city.street-lamp",
            "city.manhole-cover",
            "city.blocked-path",
            "service.dispute");
    private static final List<String> GRAVER = List.of(
            "traffic.collision",
            "elevator.trapped",
            "power.outage",
            "flood.waterlogging",
            "fire.building",
            "gas.leak",
            "safety.crowding");

    private final Random random;
    private final List<Place> places;

    Happenings(long seed, List<Place> places) {
        this.random = new Random(seed);
        this.places = places;
    }

    /** The reports of one day, in the order in which they are received. */
    List<ReportReceived> day(Instant midnight, int happenings) {
        List<ReportReceived> reports = new ArrayList<>();
        for (int i = 0; i < happenings; i++) {
            boolean emergency = random.nextDouble() < EMERGENCIES;
            List<String> types = emergency ? GRAVER : EVERYDAY;
            String type = types.get(random.nextInt(types.size()));
            Place place = places.get(random.nextInt(places.size()));
            Instant at = midnight.plus(timeOfDay());
            // Most concern a few dozen people, some hundreds, one in a hundred more than a thousand.
            Long people = emergency ? Math.max(1, Math.round(Math.exp(3 + 1.5 * random.nextGaussian()))) : null;
            reports.add(drawn(type, place, at, people));
            if (random.nextDouble() < REPORTED_TWICE) {
                reports.add(drawn(type, place, at.plusSeconds(random.nextInt(60, 480)), people));
            }
        }
        reports.sort(Comparator.comparing(ReportReceived::receivedAt));
        return reports;
    }

    private Duration timeOfDay() {
        int total = 0;
        for (int weight : BY_HOUR) {
            total += weight;
        }
        int dice = random.nextInt(total);
        int hour = 0;
        while (hour < HOURS - 1 && dice >= BY_HOUR[hour]) {
            dice -= BY_HOUR[hour];
            hour++;
        }
        return Duration.ofHours(hour).plusMillis(random.nextInt(3_600_000));
    }

    private ReportReceived drawn(String type, Place place, Instant at, @Nullable Long people) {
        return report(new UUID(random.nextLong(), random.nextLong()), source(place), type, place, at, at, people);
    }

    /** A report as event-intake would let it in. */
    static ReportReceived report(
            UUID id,
            Source source,
            String type,
            Place place,
            Instant occurredAt,
            Instant receivedAt,
            @Nullable Long people) {
        Report report = new Report(
                id,
                source,
                type,
                occurredAt,
                new Location(place.longitude(), place.latitude(), Datum.WGS84),
                null,
                people,
                null,
                null,
                null,
                null,
                null);
        return new ReportReceived(
                id,
                receivedAt,
                new Position(place.longitude(), place.latitude()),
                null,
                "%016x".formatted(id.getLeastSignificantBits()),
                report);
    }

    private Source source(Place place) {
        double dice = random.nextDouble();
        if (dice < 0.45) {
            return new Source(SourceKind.GRID_WORKER, "worker-" + place.gridCode(), null);
        }
        return dice < 0.7
                ? new Source(SourceKind.SENSOR, "demo-gateway", "device-" + random.nextInt(2_000))
                : new Source(SourceKind.CITIZEN, "hotline", null);
    }
}
