package org.citybrain.grid.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.citybrain.grid.problem.RequestProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, true",
        "1, 1, 1, true",
        "22, 4194303, 4194303, true",
        "22, 4194304, 0, false",
        "0, 1, 0, false",
        "0, 0, 1, false",
        "3, 8, 0, false",
        "3, 0, 8, false",
        "23, 0, 0, false",
        "-1, 0, 0, false",
        "1, -1, 0, false",
        "1, 0x1, 0, false",
        "1, ' 1', 0, false",
        "1, 1.0, 0, false",
        "1, '', 0, false",
        "99999999999, 0, 0, false"
    })
    void a_tile_is_there_or_it_is_not(String z, String x, String y, boolean there) {
        if (there) {
            assertThat(TileAddress.read(z, x, y).z()).isEqualTo(Integer.parseInt(z));
        } else {
            assertThatThrownBy(() -> TileAddress.read(z, x, y)).isInstanceOf(RequestProblem.class);
        }
    }

    @Test
    void a_tile_reaches_a_little_beyond_its_edge_but_never_beyond_the_world() {
        TileAddress world = new TileAddress(0, 0, 0);
        assertThat(world.west()).isEqualTo(-180);
        assertThat(world.east()).isEqualTo(180);
        assertThat(world.north()).isEqualTo(85.06);
        assertThat(world.south()).isEqualTo(-85.06);

        TileAddress chongqing = new TileAddress(7, 101, 52);
        double degrees = 360.0 / 128;
        assertThat(chongqing.west()).isCloseTo(101 * degrees - 180 - degrees / 64, within(1e-9));
        assertThat(chongqing.east()).isCloseTo(102 * degrees - 180 + degrees / 64, within(1e-9));
        assertThat(chongqing.north()).isBetween(31.95, 32.0);
        assertThat(chongqing.south()).isBetween(29.45, 29.5);
    }
}
