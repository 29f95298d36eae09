package org.citybrain.intake.admit;

/** Text from outside, made fit to be shown, logged and stored: short, and printable to the last character. */
public final class Excerpt {

    private static final int MOST_CHARACTERS = 120;

    private Excerpt() {}

    public static String of(String text) {
        var shown = new StringBuilder(Math.min(text.length(), MOST_CHARACTERS) + 8);
        for (int i = 0; i < text.length(); i++) {
            if (i >= MOST_CHARACTERS) {
                return shown.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                shown.append(c).append(text.charAt(++i));
            } else if (isPrintable(c)) {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return shown.toString();
    }

    /** Format characters are out too: among them are those that turn the direction of the text around them. */
    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
