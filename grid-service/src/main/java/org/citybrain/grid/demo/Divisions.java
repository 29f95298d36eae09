package org.citybrain.grid.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/** The real division codes and names of Chongqing down to village and community; {@code demo/NOTICE.md} names the source. */
final class Divisions {

    private static final String FILE = "/demo/chongqing-units-nbs-2023.csv";

    private final SortedMap<UnitCode, String> names;

    private Divisions(SortedMap<UnitCode, String> names) {
        this.names = names;
    }

    static Divisions read() {
        try (InputStream file = Objects.requireNonNull(Divisions.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            SortedMap<UnitCode, String> names = new TreeMap<>();
            lines.lines().skip(1).map(line -> line.split(",", -1)).forEach(fields -> {
                Tier tier = Tier.valueOf(fields[3]);
                names.put(new UnitCode(fields[0].substring(0, tier.digits())), fields[1]);
            });
            return new Divisions(names);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @throws IllegalArgumentException if there is no such unit */
    String name(UnitCode code) {
        String name = names.get(code);
        if (name == null) {
            throw new IllegalArgumentException(code + " is not in " + FILE);
        }
        return name;
    }

    /** The units of this tier below a unit, in the order of their codes. */
    List<UnitCode> below(UnitCode above, Tier tier) {
        return names.tailMap(above).keySet().stream()
                .takeWhile(code -> code.isWithin(above))
                .filter(code -> code.tier() == tier)
                .toList();
    }
}
