package org.citybrain.grid.ogc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.citybrain.grid.problem.RequestProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxTest {

    @Test
    void four_numbers_are_a_box_and_of_six_the_heights_are_left_alone() {
        Box box = new Box(106.4, 29.5, 106.7, 29.7);

        assertThat(Box.read("106.4,29.5,106.7,29.7")).containsExactly(box);
        assertThat(Box.read("106.4, 29.5, 106.7, 29.7")).containsExactly(box);
        assertThat(Box.read("106.4,29.5,-100,106.7,29.7,5000")).containsExactly(box);
        assertThat(Box.read("1.064e2,29.5,+106.7,29.70")).containsExactly(box);
    }

    @Test
    void a_box_across_the_180th_meridian_becomes_two() {
        assertThat(Box.read("170,-10,-170,10"))
                .containsExactly(new Box(170, -10, 180, 10), new Box(-180, -10, -170, 10));
        assertThat(Box.read("-180,-90,180,90")).containsExactly(new Box(-180, -90, 180, 90));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1,2,3",
                "1,2,3,4,5",
                "1,2,3,4,5,6,7",
                "1,2,3,x",
                "1,2,,4",
                "1;2;3;4",
                "NaN,2,3,4",
                "Infinity,2,3,4",
                "1,40,3,30",
                "-181,2,3,4",
                "1,2,181,4",
                "1,-91,3,4",
                "1,2,3,91",
                "1e99,2,3,4",
                "0x1,2,3,4",
                "1,2,9,3,4,8"
            })
    void anything_else_is_refused(String bbox) {
        assertThatThrownBy(() -> Box.read(bbox))
                .isInstanceOfSatisfying(
                        RequestProblem.class,
                        problem -> assertThat(problem.getBody().getProperties()).containsEntry("reason", "BAD_BBOX"));
    }
}
