package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * Which units there will be, under which codes and parents, with which names and people; not yet where.
 *
 * <p>What happens to a unit is decided by what is said nearest above it, itself included: that it goes on under another code, that
 * it is abolished, or that everything below is replaced and only what the file names stays.
 */
final class PlanUnits {

    private final MapBefore before;
    private final List<ImportFeature> features;
    private final ImportProblems problems;

    private final Map<String, ImportFeature> named = new HashMap<>();
    private final Map<String, String> moves = new HashMap<>();
    private final Set<String> abolished = new HashSet<>();
    private final Set<String> replaced;

    private final SortedMap<String, PlannedUnit> planned = new TreeMap<>();
    private final Map<String, PlannedUnit> byOrigin = new HashMap<>();
    private final List<UnitBefore> ended = new ArrayList<>();
    private final Set<String> colliding = new HashSet<>();

    PlanUnits(MapBefore before, List<ImportFeature> features, List<String> replaces, ImportProblems problems) {
        this.before = before;
        this.problems = problems;
        this.features = features;
        this.replaced = new HashSet<>(replaces);
    }

    /** Nothing is planned where the file contradicts itself or the map: what followed from that would only hide it. */
    PlannedMap plan() {
        features.forEach(this::sort);
        for (String code : replaced) {
            if (!before.has(code)) {
                problems.add(ImportProblem.of(
                        ImportReason.UNKNOWN_CODE, code, "replaces names a unit that is not on the map"));
            }
        }
        if (problems.isEmpty()) {
            planAll();
        }
        return new PlannedMap(before, planned, ended);
    }

    private void planAll() {
        before.all().forEach(this::carryOn);
        named.values().stream()
                .filter(feature -> !feature.abolished())
                .forEach(feature -> planned.computeIfAbsent(feature.code(), code -> new PlannedUnit(code, null))
                        .describe(feature));
        planned.values().forEach(this::placeUnderParent);
        before.all().forEach(this::noteLeavers);
        for (Tier tier : List.of(Tier.values()).reversed()) {
            planned.values().stream()
                    .filter(unit -> unit.code().length() == tier.digits())
                    .forEach(this::populate);
        }
        planned.values().forEach(this::check);
        checkCities();
    }

    private void sort(ImportFeature feature) {
        ImportFeature other = named.putIfAbsent(feature.code(), feature);
        if (other != null) {
            problems.add(ImportProblem.of(
                            ImportReason.DUPLICATE_CODE,
                            feature.code(),
                            "features " + other.index() + " and " + feature.index() + " have this code: expected one")
                    .inFeature(feature));
        }
        if (feature.abolished()) {
            abolished.add(feature.code());
            mustBeThere(feature.code(), "it is to be abolished, and is not on the map", feature);
        }
        if (feature.formerCode() != null) {
            mustBeThere(
                    feature.formerCode(),
                    "it is the former code of " + feature.code() + ", and is not on the map",
                    feature);
            String elsewhere = moves.putIfAbsent(feature.formerCode(), feature.code());
            if (elsewhere != null) {
                problems.add(ImportProblem.of(
                                ImportReason.DUPLICATE_CODE,
                                feature.formerCode(),
                                "it is the former code of two: expected one that carries it on; abolish it to divide it")
                        .and(feature.code())
                        .inFeature(feature));
            }
        }
    }

    private void mustBeThere(String code, String otherwise, ImportFeature feature) {
        if (!before.has(code)) {
            problems.add(
                    ImportProblem.of(ImportReason.UNKNOWN_CODE, code, otherwise).inFeature(feature));
        }
    }

    private void carryOn(UnitBefore unit) {
        String code = destination(unit.code());
        if (code == null) {
            ended.add(unit);
            return;
        }
        PlannedUnit carriedOn = new PlannedUnit(code, unit);
        byOrigin.put(unit.code(), carriedOn);
        PlannedUnit holder = planned.putIfAbsent(code, carriedOn);
        if (holder != null
                && colliding.add(unit.code())
                && !colliding.contains(String.valueOf(Ancestry.parent(unit.code())))) {
            String holderWas = holder.origin() == null ? code : holder.origin().code();
            problems.add(ImportProblem.of(
                            ImportReason.CODE_TAKEN,
                            code,
                            unit.code() + " and " + holderWas + " would both have this code: expected one")
                    .and(unit.code())
                    .inFeature(named.get(code)));
        }
    }

    private @Nullable String destination(String unit) {
        for (String above = unit; above != null; above = Ancestry.parent(above)) {
            String to = moves.get(above);
            if (to != null) {
                return to + unit.substring(above.length());
            }
            if (abolished.contains(above)) {
                return null;
            }
            if (replaced.contains(above) && !above.equals(unit)) {
                return named.containsKey(unit) ? unit : null;
            }
        }
        return unit;
    }

    private void placeUnderParent(PlannedUnit unit) {
        String above = Ancestry.parent(unit.code());
        if (above == null) {
            return;
        }
        PlannedUnit parent = planned.get(above);
        if (parent == null) {
            problems.add(ImportProblem.of(
                            ImportReason.UNKNOWN_PARENT,
                            unit.code(),
                            "its parent " + above
                                    + (before.has(above) ? " ends with this import" : " is not on the map")
                                    + ": expected a unit that stays, or one in the file")
                    .and(above)
                    .inFeature(unit.feature()));
            return;
        }
        unit.placeUnder(parent);
        UnitBefore origin = unit.origin();
        UnitBefore parentOrigin = parent.origin();
        boolean stays =
                origin != null && parentOrigin != null && parentOrigin.code().equals(Ancestry.parent(origin.code()));
        if (!stays) {
            parent.mustBeDrawn();
        }
    }

    /** What a unit's children have left must be drawn again. */
    private void noteLeavers(UnitBefore unit) {
        String above = Ancestry.parent(unit.code());
        PlannedUnit parent = above == null ? null : byOrigin.get(above);
        PlannedUnit now = byOrigin.get(unit.code());
        if (parent != null && (now == null || now.parent() != parent)) {
            parent.mustBeDrawn();
        }
    }

    private void populate(PlannedUnit unit) {
        if (!unit.children().isEmpty()) {
            unit.populate(
                    unit.children().stream().mapToLong(PlannedUnit::population).sum());
        }
    }

    private void check(PlannedUnit unit) {
        if (unit.name() == null) {
            problems.add(missing(unit, "it is new and has no name"));
        }
        if (!unit.children().isEmpty() || before.isClosed(unit.code())) {
            return;
        }
        if (unit.tier().isAbove(Tier.GRID)) {
            problems.add(ImportProblem.of(
                            ImportReason.NO_CHILDREN,
                            unit.code(),
                            "there would be nothing below it: expected it to be divided down to grids, or abolished")
                    .inFeature(unit.feature()));
        } else if (unit.isNew()) {
            ImportFeature feature = unit.feature();
            if (feature == null || feature.population() == null) {
                problems.add(missing(unit, "it is new and has no population"));
            }
            if (unit.given() == null) {
                problems.add(ImportProblem.of(
                                ImportReason.NO_GEOMETRY,
                                unit.code(),
                                "it is new and has neither a geometry nor units below it: expected one of both")
                        .inFeature(feature));
            }
        }
    }

    private static ImportProblem missing(PlannedUnit unit, String what) {
        return ImportProblem.of(ImportReason.MISSING_ATTRIBUTE, unit.code(), what + ": expected both for a new unit")
                .inFeature(unit.feature());
    }

    private void checkCities() {
        List<String> cities = planned.keySet().stream()
                .filter(code -> code.length() == Tier.CITY.digits())
                .toList();
        if (cities.size() != 1) {
            problems.add(ImportProblem.of(
                    ImportReason.NOT_ONE_CITY,
                    null,
                    "the map would have the cities " + cities + ": expected one, whose code begins all others"));
        }
    }
}
