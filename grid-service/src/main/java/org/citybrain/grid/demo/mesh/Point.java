package org.citybrain.grid.demo.mesh;

/** A place on the {@link Plane}: metres east and north of its origin. */
public record Point(double x, double y) {

    public double distanceTo(Point other) {
        return Math.sqrt(squaredDistanceTo(other));
    }

    double squaredDistanceTo(Point other) {
        double dx = x - other.x;
        double dy = y - other.y;
        return dx * dx + dy * dy;
    }

    /** The distance to the nearest place on the line through these points. */
    double distanceTo(Iterable<Point> line) {
        double nearest = Double.POSITIVE_INFINITY;
        Point from = null;
        for (Point to : line) {
            nearest = Math.min(nearest, from == null ? distanceTo(to) : distanceToSegment(from, to));
            from = to;
        }
        return nearest;
    }

    private double distanceToSegment(Point from, Point to) {
        double length = from.squaredDistanceTo(to);
        double along = ((x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y)) / length;
        double clamped = Math.clamp(along, 0, 1);
        return distanceTo(new Point(from.x + clamped * (to.x - from.x), from.y + clamped * (to.y - from.y)));
    }
}
