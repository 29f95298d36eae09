package org.citybrain.dispatch.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;

/** What is written of a grade is enough to reach it again. */
class GradeRecordTest {

    private static final GradingPolicy POLICY = SeededPolicies.grading();

    @Property
    void a_record_that_was_written_and_read_gives_the_same_grade(@ForAll("anyInputs") GradeInputs inputs) {
        Grade grade = GradeIncident.grade(inputs, POLICY);
        GradeRecord record = GradeRecord.of(grade, inputs, 1, 1, 7);

        GradeRecord read =
                MessageJson.MAPPER.readValue(MessageJson.MAPPER.writeValueAsString(record), GradeRecord.class);

        assertThat(read).isEqualTo(record);
        assertThat(read.replay(POLICY, 1)).isEqualTo(record);
        assertThat(GradeIncident.grade(read.inputs(), POLICY)).isEqualTo(grade);
    }

    @Test
    void a_record_of_before_inputs_were_kept_is_read_and_cannot_be_replayed() {
        GradeRecord old = MessageJson.MAPPER.readValue("""
                {"level": "IV", "policyVersion": 1, "catalogueVersion": 1, "mapVersion": 1, "corroborated": true, "needsPerson": false,
                 "axes": [{"axis": "PEOPLE", "value": 3.0, "unit": "people at risk", "basis": "REPORTED", "level": "IV", "source": "plan"}]}
                """, GradeRecord.class);

        assertThat(old.inputs()).isNull();
        assertThatThrownBy(() -> old.replay(POLICY, 1)).hasMessageContaining("holds no inputs");
    }

    @Provide
    static Arbitrary<GradeInputs> anyInputs() {
        Arbitrary<Long> figures = Arbitraries.longs().between(0, 70_000).injectNull(0.4);
        Arbitrary<List<Long>> numbers = Combinators.combine(figures, figures, figures, figures, figures)
                .as((people, estimated, deaths, injuries, loss) -> {
                    List<Long> all = new ArrayList<>();
                    all.add(people);
                    all.add(estimated);
                    all.add(deaths);
                    all.add(injuries);
                    all.add(loss);
                    return all;
                });
        Arbitrary<Double> areas =
                Arbitraries.doubles().between(0, 600).ofScale(12).injectNull(0.4);
        Arbitrary<List<GradeInputs.Source>> sources = Combinators.combine(
                        Arbitraries.of(SourceKind.values()),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(12))
                .as(GradeInputs.Source::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(
                        Arbitraries.of(SeededPolicies.typeCodes()),
                        numbers,
                        areas,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false),
                        sources,
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(1, 4))
                .as((type, number, area, keyPlaces, nothingKnown, who, communities, streets) -> new GradeInputs(
                        SeededPolicies.catalogue().get(type).defaults(),
                        number.get(0),
                        number.get(1),
                        area,
                        number.get(2),
                        number.get(3),
                        number.get(4),
                        keyPlaces,
                        nothingKnown,
                        who,
                        communities,
                        streets));
    }
}
