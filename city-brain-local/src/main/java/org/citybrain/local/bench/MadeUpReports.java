package org.citybrain.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.citybrain.local.simulate.Place;

/**
 * Bodies of batches of made-up reports, seeded. No two of them are one matter, unless it is wanted: they differ in type or grid, or lie farther apart in
 * time than reports of their type belong together.
 */
final class MadeUpReports {

    static final int PER_BATCH = 500;

    /** Types with small distances; their reports belong together for half an hour, or an hour. */
    private static final List<Kind> KINDS = List.of(
            new Kind("flood.waterlogging", Duration.ofMinutes(65)),
            new Kind("traffic.collision", Duration.ofMinutes(65)),
            new Kind("elevator.trapped", Duration.ofMinutes(65)),
            new Kind("safety.crowding", Duration.ofMinutes(65)),
            new Kind("fire.building", Duration.ofMinutes(125)),
            new Kind("gas.leak", Duration.ofMinutes(125)));

    private static final Duration OLDEST = Duration.ofDays(6);

    private final String source;
    private final List<Matter> matters = new ArrayList<>();
    private final Random random = new Random(20260701);
    private int taken;

    MadeUpReports(String source, List<Place> grids) {
        this.source = source;
        Instant now = Instant.now();
        for (Kind kind : KINDS) {
            for (Duration ago = Duration.ofMinutes(1); ago.compareTo(OLDEST) < 0; ago = ago.plus(kind.apart())) {
                for (Place grid : grids) {
                    matters.add(new Matter(kind.type(), grid, now.minus(ago)));
                }
            }
        }
        Collections.shuffle(matters, random);
    }

    static String types() {
        return String.join(
                ", ", KINDS.stream().map(kind -> '"' + kind.type() + '"').toList());
    }

    /** As many as there are; each opens an incident. */
    int left() {
        return matters.size() - taken;
    }

    /**
     * The next reports, as bodies of batches.
     *
     * @param perMatter how many there are of each matter, in one batch after the other: all but the first are merged
     */
    List<String> next(int reports, int perMatter) {
        if (left() < reports / perMatter) {
            throw new IllegalStateException("only " + left() + " matters are left");
        }
        List<List<String>> rounds = new ArrayList<>();
        for (int i = 0; i < perMatter; i++) {
            rounds.add(new ArrayList<>());
        }
        for (int i = 0; i < reports / perMatter; i++) {
            Matter matter = matters.get(taken++);
            rounds.forEach(round -> round.add(line(matter)));
        }
        List<String> bodies = new ArrayList<>();
        for (List<String> round : rounds) {
            for (int from = 0; from < round.size(); from += PER_BATCH) {
                bodies.add(String.join("\n", round.subList(from, Math.min(from + PER_BATCH, round.size()))));
            }
        }
        return bodies;
    }

    private String line(Matter matter) {
        boolean hasFootprint = random.nextInt(5) == 0;
        return String.format(
                Locale.ROOT,
                "{\"reportId\":\"%s\",\"source\":{\"kind\":\"SENSOR\",\"id\":\"%s\",\"device\":\"d-%d\"},\"type\":\"%s\",\"occurredAt\":\"%s\","
                        + "\"location\":{\"longitude\":%.7f,\"latitude\":%.7f,\"datum\":\"WGS84\"},\"peopleAffected\":%d%s,"
                        + "\"description\":\"made up by a benchmark\"}",
                new UUID(random.nextLong(), random.nextLong()),
                source,
                random.nextInt(10_000),
                matter.type(),
                matter.occurredAt(),
                matter.grid().longitude(),
                matter.grid().latitude(),
                random.nextInt(200),
                hasFootprint ? ",\"footprint\":{\"radiusMeters\":60}" : "");
    }

    /** @param apart more than twice the time within which its reports belong together */
    private record Kind(String type, Duration apart) {}

    private record Matter(String type, Place grid, Instant occurredAt) {}
}
