package org.citybrain.dispatch.grade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citybrain.dispatch.grade.GradingPolicy.AxisRow;
import org.citybrain.messages.Basis;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.Level;
import org.citybrain.messages.SourceKind;
import org.jspecify.annotations.Nullable;

/**
 * Grades an incident: the level is the most severe of all axes that have a value, a boundary value belongs to the more severe
 * level, and raising an input never lowers the severity (domain, section 4).
 */
public final class GradeIncident {

    private static final double YUAN_PER_MILLION = 1e6;

    private GradeIncident() {}

    public static Grade grade(GradeInputs inputs, GradingPolicy policy) {
        Measure people = people(inputs);
        Measure area = area(inputs);
        boolean corroborated = isCorroborated(inputs.sources());
        return inputs.type().category() == IncidentCategory.EVERYDAY
                ? everyday(inputs, policy, people, area, corroborated)
                : emergency(inputs, policy, people, area, corroborated);
    }

    private static Grade emergency(
            GradeInputs inputs, GradingPolicy policy, Measure people, Measure area, boolean corroborated) {
        List<AxisGrade> axes = new ArrayList<>();
        addAxis(axes, policy, inputs, Axis.PEOPLE, people);
        addAxis(axes, policy, inputs, Axis.AREA, area);
        addAxis(axes, policy, inputs, Axis.DEATHS, reported(inputs.deaths(), 1));
        addAxis(axes, policy, inputs, Axis.SERIOUS_INJURIES, reported(inputs.seriousInjuries(), 1));
        addAxis(axes, policy, inputs, Axis.LOSS, reported(inputs.lossYuan(), YUAN_PER_MILLION));
        Level typeLevel = inputs.type().level();
        if (inputs.nothingKnown() && typeLevel != null) {
            axes.add(new AxisGrade(
                    Axis.DEFAULT_LEVEL, 1, "report", Basis.DEFAULT, null, typeLevel, null, "item catalogue"));
        }

        Level level = Level.IV;
        for (AxisGrade axis : axes) {
            level = axis.level() == null ? level : Level.moreSevere(level, axis.level());
        }
        if (inputs.keyPlaces() > 0 && inputs.type().keyPlaceRaises()) {
            for (int i = 0; i < policy.keyPlace().raisesByLevels(); i++) {
                level = level.raised();
            }
            axes.add(new AxisGrade(
                    Axis.KEY_PLACE,
                    inputs.keyPlaces(),
                    "key places in the footprint",
                    Basis.REPORTED,
                    1.0,
                    level,
                    null,
                    policy.keyPlace().source()));
        }
        Level waitsAt = policy.uncorroborated().opensAt();
        if (!corroborated && level.isMoreSevereThan(waitsAt)) {
            level = waitsAt;
            axes.add(new AxisGrade(
                    Axis.CORROBORATION,
                    inputs.sources().size(),
                    "unverified sources",
                    Basis.REPORTED,
                    null,
                    level,
                    null,
                    policy.uncorroborated().source()));
        }
        boolean needsPerson = inputs.nothingKnown() && axes.stream().noneMatch(a -> isKnown(a));
        return new Grade(
                level,
                null,
                corroborated,
                needsPerson,
                Math.round(people.value),
                people.basis,
                area.value,
                area.basis,
                axes);
    }

    private static Grade everyday(
            GradeInputs inputs, GradingPolicy policy, Measure people, Measure area, boolean corroborated) {
        List<AxisGrade> axes = new ArrayList<>();
        HandlingScope scope =
                inputs.type().scope() == null ? HandlingScope.R1 : inputs.type().scope();
        axes.add(new AxisGrade(Axis.SCOPE, 1, "incident type", Basis.DEFAULT, null, null, scope, "item catalogue"));
        String source = policy.scope().source();
        if (inputs.communities() > 1) {
            scope = scope.widened();
            axes.add(new AxisGrade(
                    Axis.SCOPE, inputs.communities(), "communities", Basis.REPORTED, 2.0, null, scope, source));
        }
        if (inputs.streets() > 1) {
            scope = HandlingScope.wider(scope, policy.scope().moreThanOneStreet());
            axes.add(new AxisGrade(Axis.SCOPE, inputs.streets(), "streets", Basis.REPORTED, 2.0, null, scope, source));
        }
        return new Grade(
                null, scope, corroborated, false, Math.round(people.value), people.basis, area.value, area.basis, axes);
    }

    /** The larger of the largest reported figure and the estimate; the type's default where there is neither. */
    private static Measure people(GradeInputs inputs) {
        Long reported = inputs.peopleReported();
        Long estimated = inputs.peopleEstimated();
        if (reported != null && (estimated == null || reported >= estimated)) {
            return new Measure(reported, Basis.REPORTED);
        }
        return estimated != null
                ? new Measure(estimated, Basis.ESTIMATED)
                : new Measure(inputs.type().people(), Basis.DEFAULT);
    }

    private static Measure area(GradeInputs inputs) {
        Double area = inputs.areaSquareKilometers();
        return area != null
                ? new Measure(area, Basis.REPORTED)
                : new Measure(inputs.type().areaSquareKilometers(), Basis.DEFAULT);
    }

    private static @Nullable Measure reported(@Nullable Long value, double divisor) {
        return value == null ? null : new Measure(value / divisor, Basis.REPORTED);
    }

    private static void addAxis(
            List<AxisGrade> axes, GradingPolicy policy, GradeInputs inputs, Axis axis, @Nullable Measure measure) {
        AxisRow row = policy.row(axis, inputs.type().code(), inputs.type().category());
        if (measure == null || row == null) {
            return;
        }
        Level level = Level.IV;
        Double crossed = null;
        for (Map.Entry<Level, Double> bound : row.thresholds().entrySet()) {
            if (measure.value >= bound.getValue()
                    && (crossed == null || bound.getKey().isMoreSevereThan(level))) {
                level = bound.getKey();
                crossed = bound.getValue();
            }
        }
        axes.add(new AxisGrade(axis, measure.value, row.unit(), measure.basis, crossed, level, null, row.source()));
    }

    /** A worker's or an operator's word, or a sensor's beside another source's. */
    private static boolean isCorroborated(List<GradeInputs.Source> sources) {
        return sources.stream().anyMatch(s -> s.kind().isVerified())
                || (sources.stream().distinct().count() > 1
                        && sources.stream().anyMatch(s -> s.kind() == SourceKind.SENSOR));
    }

    private static boolean isKnown(AxisGrade axis) {
        return axis.basis() != Basis.DEFAULT && axis.axis() != Axis.CORROBORATION;
    }

    private record Measure(double value, Basis basis) {}
}
