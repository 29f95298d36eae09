package org.citybrain.intake.admit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;

/** The outline of the city and of the units that sources are registered for, in WGS-84. A boundary belongs to its unit. */
public final class CityMap {

    private final long version;
    private final List<PointOnGeometryLocator> city;
    private final Map<UnitCode, PointOnGeometryLocator> units;

    /**
     * @param version the map version's id
     * @param city polygons of the city
     * @param units polygons by unit
     */
    public CityMap(long version, List<Geometry> city, Map<UnitCode, Geometry> units) {
        this.version = version;
        this.city = city.stream().map(CityMap::locator).toList();
        this.units = units.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> locator(e.getValue())));
    }

    public long version() {
        return version;
    }

    public boolean covers(Position position) {
        return city.stream().anyMatch(outline -> covers(outline, position));
    }

    public boolean covers(UnitCode unit, Position position) {
        PointOnGeometryLocator outline = units.get(unit);
        return outline != null && covers(outline, position);
    }

    private static boolean covers(PointOnGeometryLocator outline, Position position) {
        return outline.locate(new Coordinate(position.longitude(), position.latitude())) != Location.EXTERIOR;
    }

    private static PointOnGeometryLocator locator(Geometry outline) {
        PointOnGeometryLocator locator = new IndexedPointInAreaLocator(outline);
        // The index of an outline of 50,000 vertices is built by the first question: here, and not by a report.
        locator.locate(new Coordinate());
        return locator;
    }
}
