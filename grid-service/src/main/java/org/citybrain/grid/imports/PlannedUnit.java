package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;

/** A unit as it will be. Planned by {@link PlanUnits}, drawn by {@link DrawUnits}. */
final class PlannedUnit {

    static final String IMPORTED = "IMPORTED";
    private static final String SYNTHETIC = "SYNTHETIC";

    private final String code;
    private final @Nullable UnitBefore origin;
    private final List<PlannedUnit> children = new ArrayList<>();
    private @Nullable ImportFeature feature;
    private @Nullable PlannedUnit parent;
    private long population;
    private @Nullable MultiPolygon boundary;
    private boolean toBeDrawn;
    private boolean undrawable;

    /** @param origin what it was, under this code or another; null for a new unit */
    PlannedUnit(String code, @Nullable UnitBefore origin) {
        this.code = code;
        this.origin = origin;
        this.population = origin == null ? 0 : origin.population();
    }

    String code() {
        return code;
    }

    Tier tier() {
        return Ancestry.tier(code);
    }

    @Nullable
    UnitBefore origin() {
        return origin;
    }

    /** What the file says of it; null where it does not name it. */
    @Nullable
    ImportFeature feature() {
        return feature;
    }

    void describe(ImportFeature itsFeature) {
        feature = itsFeature;
        Long people = itsFeature.population();
        population = people == null ? population : people;
    }

    /** The border that the file gives it. */
    @Nullable
    MultiPolygon given() {
        return feature == null ? null : feature.boundary();
    }

    /** Null for a new unit whose name the file does not give. */
    @Nullable
    String name() {
        String named = feature == null ? null : feature.name();
        return named != null || origin == null ? named : origin.name();
    }

    long population() {
        return population;
    }

    void populate(long residents) {
        population = residents;
    }

    @Nullable
    PlannedUnit parent() {
        return parent;
    }

    List<PlannedUnit> children() {
        return children;
    }

    void placeUnder(PlannedUnit above) {
        parent = above;
        above.children.add(this);
    }

    /** Its new border; null where it keeps the one that it had. */
    @Nullable
    MultiPolygon boundary() {
        return boundary;
    }

    /** Gives it another border than it had: its parent must be drawn too. */
    void draw(MultiPolygon drawn) {
        boundary = drawn;
        if (parent != null) {
            parent.toBeDrawn = true;
        }
    }

    /** What is drawn of invented borders is invented, as is what keeps one. */
    String provenance() {
        boolean invented = boundary == null
                ? origin != null && origin.provenance().equals(SYNTHETIC)
                : children.stream().anyMatch(child -> child.provenance().equals(SYNTHETIC));
        return invented ? SYNTHETIC : IMPORTED;
    }

    /** Whether its children come or go, or have other borders than they had. */
    boolean isToBeDrawn() {
        return toBeDrawn;
    }

    void mustBeDrawn() {
        toBeDrawn = true;
    }

    /** Whether something below it is wrong, so that nothing can be said of its own border. */
    boolean isUndrawable() {
        return undrawable;
    }

    void cannotBeDrawn() {
        for (PlannedUnit unit = this; unit != null; unit = unit.parent) {
            unit.undrawable = true;
        }
    }

    boolean isNew() {
        return origin == null;
    }

    boolean isMoved() {
        return origin != null && !origin.code().equals(code);
    }

    /** Whether it needs a version of its own. */
    boolean isOtherThanBefore() {
        return origin == null
                || isMoved()
                || boundary != null
                || origin.population() != population
                || !origin.name().equals(name());
    }
}
