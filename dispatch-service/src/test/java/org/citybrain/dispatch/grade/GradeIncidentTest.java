package org.citybrain.dispatch.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.messages.Basis;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grading table of domain, section 4, as the first migration seeds it. */
class GradeIncidentTest {

    private static final GradingPolicy POLICY = SeededPolicies.grading();

    @ParameterizedTest(name = "{0}, {1}: I from {2}, II from {3}, III from {4}")
    @CsvSource(textBlock = """
                    flood.waterlogging,          PEOPLE,           1000,  500,   100
                    geohazard.landslide,         PEOPLE,           1000,  500,   100
                    fire.forest,                 AREA,             10,    1,     0.01
                    flood.river-level,           AREA,             500,   100,   10
                    weather.windstorm,           AREA,             500,   100,   10
                    fire.building,               PEOPLE,           5000,  1000,  100
                    pollution.air,               PEOPLE,           50000, 10000, 5000
                    pollution.water,             PEOPLE,           50000, 10000, 5000
                    gas.leak,                    AREA,             10,    1,     0.1
                    pollution.air,               AREA,             10,    1,     0.1
                    health.food-poisoning,       PEOPLE,           1000,  300,   100
                    health.infectious-cluster,   AREA,             100,   10,    1
                    safety.crowding,             PEOPLE,           5000,  1000,  200
                    safety.mass-incident,        AREA,             1,     0.3,   0.05
                    traffic.collision,           DEATHS,           30,    10,    3
                    flood.waterlogging,          SERIOUS_INJURIES, 100,   50,    10
                    structure.collapse,          LOSS,             100,   50,    10
                    """)
    void a_bound_belongs_to_the_more_severe_level(String type, Axis axis, double one, double two, double three) {
        double step = axis == Axis.AREA ? 0.001 : 1;
        assertThat(level(type, axis, one)).isEqualTo(Level.I);
        assertThat(level(type, axis, one - step)).isEqualTo(Level.II);
        assertThat(level(type, axis, two)).isEqualTo(Level.II);
        assertThat(level(type, axis, two - step)).isEqualTo(Level.III);
        assertThat(level(type, axis, three)).isEqualTo(Level.III);
        assertThat(level(type, axis, three - step)).isEqualTo(Level.IV);
        assertThat(level(type, axis, one + step)).isEqualTo(Level.I);
        assertThat(level(type, axis, two + step)).isEqualTo(Level.II);
        assertThat(level(type, axis, three + step)).isEqualTo(Level.III);
    }

    @Test
    void a_landslide_has_no_axis_of_area() {
        assertThat(grade(new Inputs("geohazard.landslide").people(1).area(9_999))
                        .level())
                .isEqualTo(Level.IV);
    }

    @Test
    void the_most_severe_axis_decides_and_every_axis_is_named() {
        Grade grade = grade(new Inputs("traffic.collision").people(120).deaths(10));

        assertThat(grade.level()).isEqualTo(Level.II);
        assertThat(grade.axes())
                .extracting(AxisGrade::axis, AxisGrade::level, AxisGrade::threshold)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(Axis.PEOPLE, Level.III, 100.0),
                        org.assertj.core.groups.Tuple.tuple(Axis.DEATHS, Level.II, 10.0));
        assertThat(grade.axes()).extracting(AxisGrade::source).contains("State Council Order 493");
    }

    @Test
    void the_larger_of_the_reported_figure_and_the_estimate_counts() {
        Grade estimated = grade(new Inputs("flood.waterlogging").people(30).estimated(700));
        assertThat(estimated.peopleAffected()).isEqualTo(700);
        assertThat(estimated.peopleBasis()).isEqualTo(Basis.ESTIMATED);

        Grade reported = grade(new Inputs("flood.waterlogging").people(900).estimated(700));
        assertThat(reported.peopleAffected()).isEqualTo(900);
        assertThat(reported.peopleBasis()).isEqualTo(Basis.REPORTED);
    }

    @Test
    void where_nothing_is_known_the_types_own_level_holds_and_a_person_is_to_look() {
        Grade grade = grade(new Inputs("structure.collapse").nothingKnown());

        assertThat(grade.level()).isEqualTo(Level.III);
        assertThat(grade.needsPerson()).isTrue();
        assertThat(grade.peopleBasis()).isEqualTo(Basis.DEFAULT);
        assertThat(grade(new Inputs("structure.collapse").people(2)).needsPerson())
                .isFalse();
    }

    @Test
    void a_key_place_in_the_footprint_raises_by_one_level() {
        assertThat(grade(new Inputs("gas.leak").people(5).keyPlaces(2)).level()).isEqualTo(Level.III);
        assertThat(grade(new Inputs("gas.leak").people(5_000).keyPlaces(1)).level())
                .isEqualTo(Level.I);
    }

    @Test
    void one_unverified_source_waits_at_level_three() {
        Grade alone = grade(new Inputs("gas.leak").people(5_000).from(SourceKind.SENSOR, "gw-1"));
        assertThat(alone.level()).isEqualTo(Level.III);
        assertThat(alone.corroborated()).isFalse();

        Inputs twice = new Inputs("gas.leak")
                .people(5_000)
                .from(SourceKind.CITIZEN, "c-1")
                .from(SourceKind.CITIZEN, "c-2");
        assertThat(grade(twice).level()).isEqualTo(Level.III);
        assertThat(grade(twice.from(SourceKind.SENSOR, "gw-1")).level()).isEqualTo(Level.I);
        assertThat(grade(new Inputs("gas.leak").people(5_000).from(SourceKind.OPERATOR, "desk"))
                        .level())
                .isEqualTo(Level.I);
    }

    @Test
    void an_everyday_matter_has_a_scope_and_no_level() {
        Grade lamp = grade(new Inputs("city.street-lamp"));
        assertThat(lamp.level()).isNull();
        assertThat(lamp.scope()).isEqualTo(HandlingScope.R1);
        assertThat(grade(new Inputs("city.street-lamp").units(2, 1)).scope()).isEqualTo(HandlingScope.R2);
        assertThat(grade(new Inputs("city.street-lamp").units(2, 2)).scope()).isEqualTo(HandlingScope.R3);
        assertThat(grade(new Inputs("city.noise").units(2, 1)).scope()).isEqualTo(HandlingScope.R3);
    }

    @Property
    void raising_an_input_never_lowers_the_level(
            @ForAll @LongRange(max = 60_000) long people,
            @ForAll @LongRange(max = 60_000) long estimated,
            @ForAll @LongRange(max = 600) long area,
            @ForAll @LongRange(max = 120) long deaths,
            @ForAll @LongRange(max = 120) long injuries,
            @ForAll @LongRange(max = 200_000_000) long loss,
            @ForAll @IntRange(max = 3) int keyPlaces,
            @ForAll @IntRange(max = 23) int type,
            @ForAll @IntRange(max = 6) int raised,
            @ForAll @LongRange(max = 60_000) long by) {
        String code = SeededPolicies.typeCodes().get(type);
        long[] values = {people, estimated, area, deaths, injuries, loss, keyPlaces};
        Grade before = grade(inputs(code, values));
        values[raised] += by;
        Grade after = grade(inputs(code, values));

        if (before.level() != null) {
            assertThat(before.level().isMoreSevereThan(after.level())).isFalse();
        } else {
            assertThat(after.scope()).isEqualTo(before.scope());
        }
    }

    private static Inputs inputs(String type, long[] values) {
        return new Inputs(type)
                .people(values[0])
                .estimated(values[1])
                .area(values[2])
                .deaths(values[3])
                .injuries(values[4])
                .loss(values[5])
                .keyPlaces((int) values[6]);
    }

    private static Level level(String type, Axis axis, double value) {
        Inputs inputs = new Inputs(type).people(0);
        switch (axis) {
            case PEOPLE -> inputs.people((long) value);
            case AREA -> inputs.area(value);
            case DEATHS -> inputs.deaths((long) value);
            case SERIOUS_INJURIES -> inputs.injuries((long) value);
            case LOSS -> inputs.loss(Math.round(value * 1e6));
            default -> throw new IllegalArgumentException(axis.name());
        }
        return grade(inputs).level();
    }

    private static Grade grade(Inputs inputs) {
        return GradeIncident.grade(inputs.build(), POLICY);
    }

    /** What an incident is graded by, reported by a grid worker in one community unless said otherwise. */
    private static final class Inputs {
        private final String type;
        private Long people;
        private Long estimated;
        private Double area;
        private Long deaths;
        private Long injuries;
        private Long loss;
        private int keyPlaces;
        private boolean nothingKnown;
        private List<GradeInputs.Source> sources = List.of();
        private int communities = 1;
        private int streets = 1;

        Inputs(String type) {
            this.type = type;
        }

        Inputs people(long value) {
            people = value;
            return this;
        }

        Inputs estimated(long value) {
            estimated = value;
            return this;
        }

        Inputs area(double squareKilometers) {
            area = squareKilometers;
            return this;
        }

        Inputs deaths(long value) {
            deaths = value;
            return this;
        }

        Inputs injuries(long value) {
            injuries = value;
            return this;
        }

        Inputs loss(long yuan) {
            loss = yuan;
            return this;
        }

        Inputs keyPlaces(int count) {
            keyPlaces = count;
            return this;
        }

        Inputs nothingKnown() {
            nothingKnown = true;
            return this;
        }

        Inputs from(SourceKind kind, String id) {
            sources = new java.util.ArrayList<>(sources);
            sources.add(new GradeInputs.Source(kind, id));
            return this;
        }

        Inputs units(int communityCount, int streetCount) {
            communities = communityCount;
            streets = streetCount;
            return this;
        }

        GradeInputs build() {
            return new GradeInputs(
                    SeededPolicies.catalogue().get(type).defaults(),
                    people,
                    estimated,
                    area,
                    deaths,
                    injuries,
                    loss,
                    keyPlaces,
                    nothingKnown,
                    sources.isEmpty() ? List.of(new GradeInputs.Source(SourceKind.GRID_WORKER, "worker-1")) : sources,
                    communities,
                    streets);
        }
    }
}
