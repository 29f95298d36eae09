package org.citybrain.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.citybrain.local.simulate.Place;

/**
 * Bodies of batches of made-up reports, seeded, at the grids of the city: crowded where people are. No two of them are one matter, unless it is wanted: they
 * differ in type, or lie farther apart in place or time than reports of their type belong together.
 */
public final class MadeUpReports {

    static final int PER_BATCH = 500;

    /** Types with small distances; their reports belong together for an hour at most. */
    private static final List<String> TYPES = List.of(
            "flood.waterlogging",
            "traffic.collision",
            "elevator.trapped",
            "safety.crowding",
            "fire.building",
            "gas.leak");

    /** More than twice the longest time within which reports of these types belong together. */
    private static final Duration APART = Duration.ofMinutes(125);

    /** About 580 m from west to east in the city, more than any of the types' distances. */
    private static final double SQUARE_DEGREES = 0.006;

    private static final Duration OLDEST = Duration.ofDays(6);

    private final String source;
    private final List<Matter> matters = new ArrayList<>();
    private final Random random = new Random(20260701);
    private int taken;

    /** @param matters how many different ones there have to be */
    public MadeUpReports(String source, List<Place> grids, int matters) {
        this.source = source;
        Instant now = Instant.now();
        List<Place> shuffled = new ArrayList<>(grids);
        for (Duration ago = Duration.ofMinutes(1);
                ago.compareTo(OLDEST) < 0 && this.matters.size() < matters;
                ago = ago.plus(APART)) {
            for (String type : TYPES) {
                Collections.shuffle(shuffled, random);
                Instant occurredAt = now.minus(ago);
                listFarApart(shuffled).forEach(grid -> this.matters.add(new Matter(type, grid, occurredAt)));
            }
        }
        if (this.matters.size() < matters) {
            throw new IllegalStateException("%d grids hold only %d different matters, not %d"
                    .formatted(grids.size(), this.matters.size(), matters));
        }
        Collections.shuffle(this.matters, random);
    }

    /** Grids of which no two lie closer together than {@link #SQUARE_DEGREES}: in each square at most one, and none in the eight around it. */
    private static List<Place> listFarApart(List<Place> grids) {
        Set<Long> taken = new HashSet<>();
        List<Place> chosen = new ArrayList<>();
        for (Place grid : grids) {
            long column = (long) Math.floor(grid.longitude() / SQUARE_DEGREES);
            long row = (long) Math.floor(grid.latitude() / SQUARE_DEGREES);
            if (!taken.contains(square(column, row))) {
                chosen.add(grid);
                for (long x = column - 1; x <= column + 1; x++) {
                    for (long y = row - 1; y <= row + 1; y++) {
                        taken.add(square(x, y));
                    }
                }
            }
        }
        return chosen;
    }

    private static long square(long column, long row) {
        return column << Integer.SIZE | row;
    }

    static String types() {
        return String.join(", ", TYPES.stream().map(type -> '"' + type + '"').toList());
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
    public List<String> next(int reports, int perMatter) {
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

    private record Matter(String type, Place grid, Instant occurredAt) {}
}
