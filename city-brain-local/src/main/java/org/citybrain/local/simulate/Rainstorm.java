package org.citybrain.local.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.Report.Casualties;
import org.citybrain.messages.Report.Location;
import org.citybrain.messages.Report.Source;
import org.citybrain.messages.SourceKind;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rainstorm over the city: some places go under water, and around each of them water gauges and grid workers report it
 * again and again; cars collide, the power fails, manhole covers float away. One report in thirty is a repeat of an earlier
 * one, word for word; one in fifty is wrong in one of six ways. The same seed, start and places give the same storm; the same seed alone gives the same ids.
 */
public final class Rainstorm {

    private static final int REPORTS_PER_TROUBLE_SPOT = 15;
    private static final double REPEATED = 1 / 30.0;
    private static final double WRONG = 1 / 50.0;
    private static final double SENSOR = 0.65;
    private static final double SPREAD_METERS = 25;
    private static final Duration LENGTH = Duration.ofMinutes(10);

    private final Random random;
    private final Instant start;
    private final List<TroubleSpot> spots;

    /** @param start when the last report is made; the storm is the ten minutes before */
    public Rainstorm(long seed, Instant start, List<Place> places, int reports) {
        this.random = new Random(seed);
        this.start = start;
        this.spots = new ArrayList<>();
        for (int i = 0; i < Math.max(1, reports / REPORTS_PER_TROUBLE_SPOT); i++) {
            spots.add(newSpot(i, places.get(random.nextInt(places.size()))));
        }
    }

    /** So many reports, each one line of JSON, in the order in which they are made. */
    public List<String> report(int reports) {
        var lines = new ArrayList<String>(reports);
        for (int i = 0; i < reports; i++) {
            boolean repeated = random.nextDouble() < REPEATED && !lines.isEmpty();
            lines.add(
                    repeated
                            ? lines.get(random.nextInt(lines.size()))
                            : newReport(i, reports).toString());
        }
        return lines;
    }

    private TroubleSpot newSpot(int number, Place place) {
        double dice = random.nextDouble();
        String type = dice < 0.75
                ? "flood.waterlogging"
                : dice < 0.85 ? "traffic.collision" : dice < 0.92 ? "power.outage" : "city.manhole-cover";
        // Most concern a few dozen people, some hundreds, one in a hundred more than a thousand.
        long people = Math.round(Math.exp(3.8 + 1.4 * random.nextGaussian()));
        return new TroubleSpot(number, place, type, people);
    }

    private ObjectNode newReport(int index, int reports) {
        TroubleSpot spot = spots.get((int) (spots.size() * Math.pow(random.nextDouble(), 1.5)));
        Place place =
                spot.place().shifted(SPREAD_METERS * random.nextGaussian(), SPREAD_METERS * random.nextGaussian());
        Instant occurredAt = start.minus(LENGTH).plus(LENGTH.multipliedBy(index).dividedBy(reports));
        var location = new Location(place.longitude(), place.latitude(), Datum.WGS84);
        var id = new UUID(random.nextLong(), random.nextLong());
        Report report = random.nextDouble() < SENSOR
                ? bySensor(id, spot, occurredAt, location)
                : byWorker(id, spot, occurredAt, location);
        ObjectNode json = MessageJson.MAPPER.valueToTree(report);
        if (random.nextDouble() < WRONG) {
            Mistake.values()[random.nextInt(Mistake.values().length)].spoil(json, start);
        }
        return json;
    }

    private Report bySensor(UUID id, TroubleSpot spot, Instant occurredAt, Location location) {
        String device = "gauge-%04d".formatted(spot.number() * 3 + random.nextInt(3));
        return new Report(
                id,
                new Source(SourceKind.SENSOR, "demo-gateway", device),
                spot.type(),
                occurredAt,
                location,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private Report byWorker(UUID id, TroubleSpot spot, Instant occurredAt, Location location) {
        boolean collision = spot.type().equals("traffic.collision");
        return new Report(
                id,
                new Source(SourceKind.GRID_WORKER, "grid-worker", null),
                spot.type(),
                occurredAt,
                location,
                null,
                Math.max(1, Math.round(spot.people() * (0.8 + 0.4 * random.nextDouble()))),
                collision ? new Casualties(0L, (long) random.nextInt(3)) : null,
                null,
                "暴雨：现场上报",
                null,
                null);
    }

    /** Where something is wrong, and how many people it concerns. */
    private record TroubleSpot(int number, Place place, String type, long people) {}

    /** What can be wrong with a report; each is refused for a reason of its own. */
    private enum Mistake {
        UNKNOWN_TYPE {
            @Override
            void spoil(ObjectNode report, Instant now) {
                report.put("type", "flood.tsunami");
            }
        },
        NO_DATUM {
            @Override
            void spoil(ObjectNode report, Instant now) {
                ((ObjectNode) report.get("location")).remove("datum");
            }
        },
        ANOTHER_CITY {
            @Override
            void spoil(ObjectNode report, Instant now) {
                ((ObjectNode) report.get("location")).put("longitude", 116.39).put("latitude", 39.91);
            }
        },
        CLOCK_AHEAD {
            @Override
            void spoil(ObjectNode report, Instant now) {
                report.put("occurredAt", now.plus(Duration.ofHours(3)).toString());
            }
        },
        LAST_MONTH {
            @Override
            void spoil(ObjectNode report, Instant now) {
                report.put("occurredAt", now.minus(Duration.ofDays(30)).toString());
            }
        },
        FEWER_THAN_NOBODY {
            @Override
            void spoil(ObjectNode report, Instant now) {
                report.put("peopleAffected", -5);
            }
        };

        abstract void spoil(ObjectNode report, Instant now);
    }
}
