package org.citybrain.grid.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;

/** People, areas and rough places of the 38 districts and counties; {@code demo/NOTICE.md} tells where they are from. */
final class CensusDistricts {

    private static final String FILE = "/demo/chongqing-districts-census-2020.csv";

    private CensusDistricts() {}

    static List<DemoPlan.District> read() {
        try (InputStream file = Objects.requireNonNull(CensusDistricts.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(CensusDistricts::district).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DemoPlan.District district(String line) {
        String[] fields = line.split(",", -1);
        return new DemoPlan.District(
                new UnitCode(fields[0]),
                1_000L * Integer.parseInt(fields[2]),
                Double.parseDouble(fields[3]),
                position(fields[4]),
                Arrays.stream(fields[5].split(";", -1))
                        .map(CensusDistricts::position)
                        .toList());
    }

    /** From longitude and latitude. */
    private static Position position(String degrees) {
        String[] both = degrees.split(" ", -1);
        return new Position(Double.parseDouble(both[0]), Double.parseDouble(both[1]));
    }
}
