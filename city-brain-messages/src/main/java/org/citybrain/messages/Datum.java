package org.citybrain.messages;

/**
 * The datum that a location is given in. Everything inside is WGS-84; there is no default.
 *
 * <p>GCJ-02 is what phones and most Chinese map services report: a smooth shift of 407–601 m over Chongqing. BD-09 is
 * Baidu's further shift of GCJ-02. CGCS2000 equals WGS-84 at this scale. The forward formulas are the published ones
 * (Krasovsky 1940 ellipsoid); the inverse is found by iteration and is good to a centimetre.
 */
public enum Datum {
    WGS84 {
        @Override
        public Position toWgs84(double longitude, double latitude) {
            return new Position(longitude, latitude);
        }
    },
    CGCS2000 {
        @Override
        public Position toWgs84(double longitude, double latitude) {
            return new Position(longitude, latitude);
        }
    },
    GCJ02 {
        @Override
        public Position toWgs84(double longitude, double latitude) {
            return Gcj02.inverse(longitude, latitude);
        }
    },
    BD09 {
        @Override
        public Position toWgs84(double longitude, double latitude) {
            Position gcj02 = Bd09.toGcj02(longitude, latitude);
            return Gcj02.inverse(gcj02.longitude(), gcj02.latitude());
        }
    };

    /** The same place in WGS-84. */
    public abstract Position toWgs84(double longitude, double latitude);
}
