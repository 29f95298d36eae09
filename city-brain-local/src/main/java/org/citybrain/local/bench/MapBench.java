package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./city-brain bench locate} and {@code ./city-brain bench map}: the governance map at the size of a real city. Loads the demo city
 * into a database of its own and measures how places are found in it, or how its tiles are drawn; with {@code --country} it builds the
 * index of a whole country's grids instead, and needs no database.
 */
public final class MapBench {

    /** The demo city that is loaded: where there is none of this name, none can be measured. */
    private static final String CITY = "full";

    private MapBench() {}

    /** {@code FOLDER locate|map [--quick] [--country]}: a folder that is deleted afterwards. */
    public static void main(String[] arguments) throws IOException {
        BenchLog.quieten();
        List<String> options = List.of(arguments).subList(2, arguments.length);
        Rounds rounds = options.contains("--quick") ? Rounds.quick() : Rounds.full();
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        Findings findings = new Findings(arguments[1]);
        if (options.contains("--country")) {
            new MeasureCountry(rounds).measure(findings);
        } else {
            try (BenchCity city = BenchCity.load(Path.of(arguments[0]), CITY)) {
                Measurement measurement =
                        arguments[1].equals("locate") ? new MeasureLocate(rounds) : new MeasureTiles();
                measurement.measure(city, findings);
                findings.figure("city", CITY);
                findings.figure("cityLoadSeconds", city.loadSeconds());
            }
        }
        findings.figure("machine", machine);
        findings.print();
    }

    /** Something of the map that is measured. It prints what it found for people as it goes, and notes it for programs. */
    interface Measurement {
        void measure(BenchCity city, Findings findings);
    }
}
