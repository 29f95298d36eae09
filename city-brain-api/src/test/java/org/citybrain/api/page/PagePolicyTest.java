package org.citybrain.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

class PagePolicyTest {

    @Test
    void the_import_map_is_allowed_by_its_hash_and_no_other_script_in_a_shell_is() {
        assertThat(new PagePolicy(
                                List.of("<script type=\"importmap\">{}</script><script>alert(1)</script>"),
                                Optional.empty())
                        .directives())
                .as("printf '{}' | openssl dgst -sha256 -binary | base64")
                .contains("; script-src 'self' 'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='; ")
                .doesNotContain("unsafe");
        assertThat(new PagePolicy(List.of("<script src=\"/page/screen.js\"></script>"), Optional.empty()).directives())
                .contains("; script-src 'self'; ");
    }

    @Test
    void a_changed_map_changes_the_policy() {
        assertThat(new PagePolicy(List.of("<script type=\"importmap\">{ }</script>"), Optional.empty()).directives())
                .isNotEqualTo(new PagePolicy(List.of("<script type=\"importmap\">{}</script>"), Optional.empty())
                        .directives());
    }

    @Test
    void the_maps_of_all_shells_are_allowed_each_once() {
        String same = "<script type=\"importmap\">{}</script>";

        assertThat(new PagePolicy(List.of(same, same, "<script type=\"importmap\">{ }</script>"), Optional.empty())
                        .directives())
                .containsPattern("script-src 'self' 'sha256-[^ ]+' 'sha256-[^ ]+';");
    }

    @Test
    void pictures_come_from_the_chosen_tile_server_too_and_nothing_else_does() {
        String without = new PagePolicy(List.of(), Optional.empty()).directives();
        String with = new PagePolicy(List.of(), Optional.of("https://tiles.example.org")).directives();

        assertThat(without).contains("; img-src 'self' data: blob:; ").doesNotContain("http");
        assertThat(with).isEqualTo(without.replace("blob:;", "blob: https://tiles.example.org;"));
    }

    @Test
    void line_breaks_count_as_a_browser_counts_them() {
        assertThat(PagePolicy.of(Optional.empty(), shell("\r\n")).directives())
                .isEqualTo(PagePolicy.of(Optional.empty(), shell("\n")).directives());
    }

    @Test
    void a_shell_that_is_not_there_stops_the_start() {
        assertThatThrownBy(
                        () -> PagePolicy.of(Optional.empty(), new ClassPathResource("city-brain-api/page/none.html")))
                .hasMessageContaining("none.html");
    }

    private static ByteArrayResource shell(String lineBreak) {
        return new ByteArrayResource(
                ("<script type=\"importmap\">{" + lineBreak + "}</script>").getBytes(StandardCharsets.UTF_8));
    }
}
