package org.citybrain.api.csv;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One line of CSV (RFC 4180), to be opened in a spreadsheet: no text is taken for a formula there. */
public final class CsvLine {

    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";
    private static final String LINE_END = "\r\n";

    private CsvLine() {}

    /** With its line end. */
    public static String of(List<? extends @Nullable Object> cells) {
        return cells.stream().map(CsvLine::cell).collect(Collectors.joining(",", "", LINE_END));
    }

    /** In quotes, and a text that a spreadsheet would calculate with an apostrophe before it. */
    public static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        boolean calculates =
                !(value instanceof Number) && !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        String harmless = calculates ? "'" + text : text;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
