package org.citybrain.local.simulate;

import java.nio.file.Path;
import org.citybrain.local.LocalPorts;

/**
 * What {@code simulate rainstorm} may be told.
 *
 * @param folder the run's own, where the demo people's passwords lie
 * @param reports how many reports are posted, 1 to 1,000,000; 2,000 unless told otherwise
 * @param seed the same seed gives the same storm, ids included; another one each time unless told otherwise
 */
record StormOptions(Path folder, int portBase, int reports, long seed) {

    private static final int MOST_REPORTS = 1_000_000;

    static StormOptions parse(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("rainstorm")) {
            throw new IllegalArgumentException("expected the scenario rainstorm");
        }
        var options =
                new StormOptions(Path.of(".city-brain"), LocalPorts.DEFAULT_BASE, 2000, System.currentTimeMillis());
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("the option " + arguments[i] + " needs a value");
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private StormOptions with(String option, String value) {
        return switch (option) {
            case "--folder" -> new StormOptions(Path.of(value), portBase, reports, seed);
            case "--port-base" -> new StormOptions(folder, (int) number(option, value, 65_000), reports, seed);
            case "--reports" -> new StormOptions(folder, portBase, (int) number(option, value, MOST_REPORTS), seed);
            case "--seed" -> new StormOptions(folder, portBase, reports, number(option, value, Long.MAX_VALUE));
            default ->
                throw new IllegalArgumentException("there is no option " + option + ": expected --reports or --seed");
        };
    }

    private static long number(String option, String value, long most) {
        if (!value.matches("[0-9]{1,18}") || Long.parseLong(value) < 1 || Long.parseLong(value) > most) {
            throw new IllegalArgumentException(option + " must be a number from 1 to " + most + ", not " + value);
        }
        return Long.parseLong(value);
    }
}
