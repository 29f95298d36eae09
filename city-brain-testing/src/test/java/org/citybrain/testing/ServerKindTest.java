package org.citybrain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citybrain.infrastructure.CannotStart;
import org.junit.jupiter.api.Test;

class ServerKindTest {

    @Test
    void what_is_asked_for_is_taken_whatever_there_is() {
        assertThat(ServerKind.choose("containers", () -> true, () -> false)).isEqualTo(ServerKind.CONTAINERS);
        assertThat(ServerKind.choose("native", () -> false, () -> true)).isEqualTo(ServerKind.NATIVE);
    }

    @Test
    void without_a_word_they_are_native_and_containers_where_only_docker_is() {
        assertThat(ServerKind.choose(null, () -> true, () -> true)).isEqualTo(ServerKind.NATIVE);
        assertThat(ServerKind.choose(null, () -> false, () -> true)).isEqualTo(ServerKind.CONTAINERS);
    }

    @Test
    void docker_is_not_asked_where_postgis_is_installed() {
        ServerKind.choose(null, () -> true, () -> {
            throw new AssertionError("asking takes seconds where there is none");
        });
    }

    @Test
    void where_there_is_neither_the_answer_names_both_ways_out() {
        assertThatThrownBy(() -> ServerKind.choose(null, () -> false, () -> false))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("apt-get install")
                .hasMessageContaining("start Docker");
    }

    @Test
    void a_word_that_nobody_knows_is_refused() {
        assertThatThrownBy(() -> ServerKind.choose("docker", () -> true, () -> true))
                .hasMessage("there is no test infrastructure 'docker': expected native or containers in"
                        + " -Dcity-brain.test.infrastructure");
    }

    @Test
    void tests_run_on_the_images_that_the_compose_file_starts() throws IOException {
        assertThat(Files.readString(Path.of("..", "docker-compose.yml")))
                .contains("image: " + Images.POSTGIS + "\n", "image: " + Images.KAFKA + "\n");
    }
}
