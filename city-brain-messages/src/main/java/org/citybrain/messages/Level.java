package org.citybrain.messages;

/** The grade of an incident: I especially major, II major, III relatively major, IV ordinary. Most severe first. */
public enum Level {
    I,
    II,
    III,
    IV;

    public boolean isMoreSevereThan(Level other) {
        return compareTo(other) < 0;
    }

    public static Level moreSevere(Level one, Level other) {
        return one.isMoreSevereThan(other) ? one : other;
    }

    /** One level more severe; the most severe stays. */
    public Level raised() {
        return switch (this) {
            case I, II -> I;
            case III -> II;
            case IV -> III;
        };
    }
}
