package org.citybrain.local;

import java.nio.file.Path;
import java.util.List;

/**
 * What a local run may be told.
 *
 * @param folder where data, passwords and logs lie; {@code .city-brain} in the working directory unless told otherwise
 * @param ports counted from 8080 unless told otherwise
 * @param city the demo city that is loaded into an empty map: {@code small}, {@code full}, or {@code none}
 */
public record LocalSettings(Path folder, LocalPorts ports, String city) {

    private static final List<String> CITIES = List.of("small", "full", "none");

    public static LocalSettings defaults() {
        return new LocalSettings(Path.of(".city-brain"), new LocalPorts(LocalPorts.DEFAULT_BASE), "small");
    }

    /** Reads {@code --folder PATH --port-base N --city small|full|none}, in any order, all optional. */
    public static LocalSettings parse(String... arguments) {
        LocalSettings settings = defaults();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("the option " + arguments[i] + " needs a value");
            }
            settings = settings.with(arguments[i], arguments[i + 1]);
        }
        return settings;
    }

    private LocalSettings with(String option, String value) {
        return switch (option) {
            case "--folder" -> new LocalSettings(Path.of(value), ports, city);
            case "--port-base" -> new LocalSettings(folder, new LocalPorts(number(value)), city);
            case "--city" -> new LocalSettings(folder, ports, city(value));
            default ->
                throw new IllegalArgumentException(
                        "there is no option " + option + ": expected --folder, --port-base or --city");
        };
    }

    private static int number(String value) {
        if (!value.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("the port base must be a number, not " + value);
        }
        return Integer.parseInt(value);
    }

    private static String city(String value) {
        if (!CITIES.contains(value)) {
            throw new IllegalArgumentException("there is no demo city " + value + ": expected one of " + CITIES);
        }
        return value;
    }
}
