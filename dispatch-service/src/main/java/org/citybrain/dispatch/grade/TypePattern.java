package org.citybrain.dispatch.grade;

/** How policies name incident types: a code, or a prefix as {@code pollution.*}. */
public final class TypePattern {

    private TypePattern() {}

    public static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(type);
    }
}
