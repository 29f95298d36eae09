package org.citybrain.grid.ogc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.citybrain.grid.problem.RequestProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T08:30:00Z, 2026-07-01T08:30:00Z, 2026-07-01T08:30:00Z",
        "2026-07-01t08:30:00z, 2026-07-01T08:30:00Z, 2026-07-01T08:30:00Z",
        "2026-07-01T08:30:00.123456Z, 2026-07-01T08:30:00.123456Z, 2026-07-01T08:30:00.123456Z",
        "2026-07-01T08:30:00+08:00, 2026-07-01T00:30:00Z, 2026-07-01T00:30:00Z",
        "2026-01-01T00:00:00Z/2026-07-01T00:00:00Z, 2026-01-01T00:00:00Z, 2026-07-01T00:00:00Z",
        "2026-01-01T00:00:00Z/2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z/.., 2026-01-01T00:00:00Z, 9999-12-31T23:59:59.999Z",
        "2026-01-01T00:00:00Z/, 2026-01-01T00:00:00Z, 9999-12-31T23:59:59.999Z",
        "../2026-07-01T00:00:00Z, 0001-01-01T00:00:00Z, 2026-07-01T00:00:00Z",
        "/2026-07-01T00:00:00Z, 0001-01-01T00:00:00Z, 2026-07-01T00:00:00Z",
        "../.., 0001-01-01T00:00:00Z, 9999-12-31T23:59:59.999Z"
    })
    void a_time_or_an_interval(String datetime, Instant from, Instant to) {
        assertThat(Span.read(datetime)).isEqualTo(new Span(from, to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026",
                "2026-07-01",
                "2026-07-01T08:30Z",
                "2026-07-01T08:30:00",
                "2026-07-01 08:30:00Z",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-07-01T25:00:00Z",
                "0000-01-01T00:00:00Z",
                "+12026-07-01T00:00:00Z",
                "..",
                "2026-07-01T00:00:00Z/2026-01-01T00:00:00Z",
                "2026-07-01T00:00:00Z/P1D",
                "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z/2026-03-01T00:00:00Z",
                ".../2026-07-01T00:00:00Z"
            })
    void anything_else_is_refused(String datetime) {
        assertThatThrownBy(() -> Span.read(datetime))
                .isInstanceOfSatisfying(
                        RequestProblem.class,
                        problem -> assertThat(problem.getBody().getProperties())
                                .containsEntry("reason", "BAD_DATETIME")
                                .containsEntry("value", datetime));
    }
}
