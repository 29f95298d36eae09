package org.citybrain.local.simulate.month;

import java.nio.file.Path;

/**
 * What {@code simulate month} may be told.
 *
 * @param folder for its database, deleted afterwards
 * @param days how many, 1 to 92; 30 unless told otherwise
 * @param incidents what happens in a day, 1 to 100,000; 1,000 unless told otherwise
 * @param seed the same seed gives the same month
 */
public record MonthOptions(Path folder, int days, int incidents, long seed) {

    private static final int DAYS = 30;
    private static final int INCIDENTS = 1_000;
    private static final int MOST_DAYS = 92;
    private static final int MOST_INCIDENTS = 100_000;

    static MonthOptions parse(String... arguments) {
        MonthOptions options = new MonthOptions(Path.of(arguments[0]), DAYS, INCIDENTS, System.currentTimeMillis());
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("the option " + arguments[i] + " needs a value");
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private MonthOptions with(String option, String value) {
        return switch (option) {
            case "--days" -> new MonthOptions(folder, (int) number(option, value, MOST_DAYS), incidents, seed);
            case "--incidents" -> new MonthOptions(folder, days, (int) number(option, value, MOST_INCIDENTS), seed);
            case "--seed" -> new MonthOptions(folder, days, incidents, number(option, value, Long.MAX_VALUE));
            default ->
                throw new IllegalArgumentException(
                        "there is no option " + option + ": expected --days, --incidents or --seed");
        };
    }

    private static long number(String option, String value, long most) {
        if (!value.matches("[0-9]{1,18}") || Long.parseLong(value) < 1 || Long.parseLong(value) > most) {
            throw new IllegalArgumentException(option + " must be a number from 1 to " + most + ", not " + value);
        }
        return Long.parseLong(value);
    }
}
