package org.citybrain.api.request;

/** A box in WGS-84, degrees. */
public record Box(double west, double south, double east, double north) {

    /** @throws IllegalArgumentException if it is none: {@code minLon,minLat,maxLon,maxLat} */
    static Box parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("four numbers");
        }
        Box box = new Box(
                Double.parseDouble(parts[0].strip()),
                Double.parseDouble(parts[1].strip()),
                Double.parseDouble(parts[2].strip()),
                Double.parseDouble(parts[3].strip()));
        if (!(box.west >= -180 && box.west <= box.east && box.east <= 180)
                || !(box.south >= -90 && box.south <= box.north && box.north <= 90)) {
            throw new IllegalArgumentException("in order and on the globe");
        }
        return box;
    }
}
