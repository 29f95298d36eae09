package org.citybrain.api.department;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.citybrain.messages.Department;
import org.citybrain.messages.EffectivenessRating;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreDepartmentsTest {

    private static final Instant WHISTLED_AT = Instant.parse("2026-07-01T08:00:00Z");
    private static final Points POINTS = new Points(100, 50, 0, -30);
    private static final int DUE_AFTER = 30;

    /** What may have become of a summons: when it was checked in (minutes), how it was rated, how it ended. */
    private enum Course {
        ON_TIME(30, null, null),
        LATE(31, null, null),
        ON_TIME_EFFECTIVE(0, EffectivenessRating.EFFECTIVE, null),
        ON_TIME_INEFFECTIVE(5, EffectivenessRating.INEFFECTIVE, null),
        LATE_EFFECTIVE(200, EffectivenessRating.EFFECTIVE, null),
        LATE_INEFFECTIVE(1000, EffectivenessRating.INEFFECTIVE, null),
        ABSENT(null, null, LogLine.Kind.ABSENT),
        RELEASED(null, null, LogLine.Kind.RELEASED),
        WAITING(null, null, null);

        private final Integer checkedInAfter;
        private final EffectivenessRating rating;
        private final LogLine.Kind end;

        Course(Integer checkedInAfter, EffectivenessRating rating, LogLine.Kind end) {
            this.checkedInAfter = checkedInAfter;
            this.rating = rating;
            this.end = end;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ON_TIME, ON_TIME, 100",
        "LATE, LATE, 50",
        "ON_TIME_EFFECTIVE, ON_TIME, 100",
        "ON_TIME_INEFFECTIVE, ON_TIME, 70",
        "LATE_EFFECTIVE, LATE, 50",
        "LATE_INEFFECTIVE, LATE, 20",
        "ABSENT, ABSENT, 0",
        "RELEASED, RELEASED,",
        "WAITING, WAITING,"
    })
    void each_course_has_its_outcome_and_its_points(Course course, Outcome outcome, Integer points) {
        Summons summons = Summons.of(lines(0, "water", course)).getFirst();

        assertThat(summons.outcome()).isEqualTo(outcome);
        assertThat(summons.points()).isEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_score_is_the_mean_over_what_counts(boolean withWhatCountsNowhere) {
        List<LogLine> log = new ArrayList<>();
        log.addAll(lines(0, "water", Course.ON_TIME_EFFECTIVE));
        log.addAll(lines(1, "water", Course.LATE_INEFFECTIVE));
        log.addAll(lines(2, "water", Course.ABSENT));
        if (withWhatCountsNowhere) {
            log.addAll(lines(3, "water", Course.WAITING));
            log.addAll(lines(4, "water", Course.RELEASED));
        }
        int nowhere = withWhatCountsNowhere ? 1 : 0;

        assertThat(ScoreDepartments.score(log))
                .containsExactly(new DepartmentScore(
                        new Department("water", "water bureau"),
                        3 + 2 * nowhere,
                        1,
                        1,
                        1,
                        nowhere,
                        nowhere,
                        1,
                        1,
                        120,
                        40.0));
    }

    @ParameterizedTest
    @CsvSource({"WAITING", "RELEASED"})
    void where_nothing_counts_there_is_no_score(Course course) {
        assertThat(ScoreDepartments.score(lines(0, "water", course)).getFirst().score())
                .isNull();
    }

    @Property(tries = 200)
    void neither_the_order_of_lines_nor_a_line_that_comes_again_changes_a_score(
            @ForAll("courses") List<Course> courses, @ForAll long seed) {
        List<LogLine> log = log(courses);
        Random random = new Random(seed);
        List<LogLine> disturbed = new ArrayList<>(log);
        log.stream().filter(line -> random.nextBoolean()).forEach(disturbed::add);
        Collections.shuffle(disturbed, random);

        assertThat(ScoreDepartments.score(disturbed)).isEqualTo(ScoreDepartments.score(log));
    }

    @Property(tries = 200)
    void the_lines_behind_a_score_add_up_to_it(@ForAll("courses") List<Course> courses) {
        List<Summons> summons = Summons.of(log(courses));

        for (DepartmentScore score : ScoreDepartments.score(summons)) {
            List<Summons> own = summons.stream()
                    .filter(one -> one.department().equals(score.department()))
                    .toList();
            assertThat(own).hasSize((int) score.summoned());
            assertThat(score.onTime() + score.late() + score.absent() + score.waiting() + score.released())
                    .isEqualTo(score.summoned());
            assertThat(own.stream()
                            .map(Summons::points)
                            .filter(Objects::nonNull)
                            .mapToLong(Integer::longValue)
                            .sum())
                    .isEqualTo(score.points());
        }
    }

    @Property(tries = 200)
    void coming_in_time_never_lowers_a_score(@ForAll("courses") List<Course> courses) {
        List<LogLine> log = log(courses);
        List<LogLine> more = new ArrayList<>(log);
        more.addAll(lines(courses.size(), "water", Course.ON_TIME));

        assertThat(score(more)).isGreaterThanOrEqualTo(score(log));
    }

    @Provide
    Arbitrary<List<Course>> courses() {
        return Arbitraries.of(Course.class).list().ofMaxSize(30);
    }

    private static double score(List<LogLine> log) {
        return ScoreDepartments.score(log).stream()
                .filter(score -> score.department().code().equals("water"))
                .map(DepartmentScore::score)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0.0);
    }

    private static List<LogLine> log(List<Course> courses) {
        List<LogLine> log = new ArrayList<>();
        for (int i = 0; i < courses.size(); i++) {
            log.addAll(lines(i, i % 3 == 0 ? "fire" : "water", courses.get(i)));
        }
        return log;
    }

    private static List<LogLine> lines(int number, String department, Course course) {
        List<LogLine> lines = new ArrayList<>();
        Instant whistledAt = WHISTLED_AT.plusSeconds(number);
        Department named = new Department(department, department + " bureau");
        lines.add(line(
                number,
                LogLine.Kind.WHISTLED,
                whistledAt,
                new LogLine.Facts(
                        named,
                        "500103001",
                        whistledAt.plus(Duration.ofMinutes(DUE_AFTER)),
                        1,
                        POINTS,
                        null,
                        null,
                        null)));
        if (course.checkedInAfter != null) {
            Instant at = whistledAt.plus(Duration.ofMinutes(course.checkedInAfter));
            lines.add(line(
                    number,
                    LogLine.Kind.CHECKED_IN,
                    at.plusSeconds(1),
                    new LogLine.Facts(named, "500103001", null, null, null, at, false, null)));
        }
        if (course.rating != null) {
            lines.add(line(
                    number,
                    LogLine.Kind.RATED,
                    whistledAt.plus(Duration.ofDays(1)),
                    new LogLine.Facts(named, "500103001", null, null, null, null, null, course.rating)));
        }
        if (course.end != null) {
            lines.add(line(
                    number,
                    course.end,
                    whistledAt.plus(Duration.ofDays(1)),
                    new LogLine.Facts(named, "500103001", null, null, null, null, null, null)));
        }
        return lines;
    }

    private static LogLine line(int number, LogLine.Kind kind, Instant at, LogLine.Facts facts) {
        return new LogLine(
                new UUID(7, number),
                kind,
                10L * number + kind.ordinal(),
                at,
                new UUID(8, number),
                "20260701-00000" + number,
                facts);
    }
}
