package org.citybrain.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.RunningCity;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both pages as they open: whole, light, from nowhere but here, and in both languages. */
@NativeOnly("opens pages in this machine's own browser")
class PagesIT {

    private static final long MOST_BYTES = 2_500_000;

    private final Browsers browsers = new Browsers(RunningCity.ports(), RunningCity.folder());

    @AfterEach
    void nothing_was_wrong() {
        browsers.close();
    }

    @ParameterizedTest
    @CsvSource({"en, Sign out", "zh-CN, 退出登录"})
    void whoever_signs_in_sees_the_screen_in_their_language(String language, String signOut) throws Exception {
        OpenedPage screen = browsers.openScreen("city-operator", language);

        assertThat(screen.page().locator("html")).hasAttribute("lang", language);
        assertThat(screen.page().locator("#clock")).hasText(Pattern.compile("\\d\\d:\\d\\d:\\d\\d"));
        assertThat(screen.page().locator("city-map canvas").first()).isVisible();
        screen.page().locator("details.menu summary").click();
        assertThat(screen.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(signOut)))
                .isVisible();
        assertThat(screen.transferredBytes()).isBetween(100_000L, MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void a_worker_has_the_pocket_page_in_their_language(String language) throws Exception {
        OpenedPage phone = browsers.openPhone(
                "grid-worker", language, RunningCity.client().listGrids().getFirst());

        assertThat(phone.page().locator("html")).hasAttribute("lang", language);
        assertThat(phone.find("tab-report")).isVisible();
        assertThat(phone.find("line")).hasAttribute("data-state", "live");
        assertThat(phone.transferredBytes()).isBetween(50_000L, MOST_BYTES);
    }

    @Test
    void the_other_services_of_the_same_process_serve_no_page() throws Exception {
        LocalPorts ports = RunningCity.ports();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int port : new int[] {ports.intake(), ports.dispatch(), ports.grid()}) {
                for (String path :
                        List.of("/webjars/ol/dist/ol.js", "/webjars/lit/index.js", "/page/screen.js", "/worker")) {
                    assertThat(http.send(
                                            HttpRequest.newBuilder(URI.create(LocalPorts.url(port) + path))
                                                    .build(),
                                            HttpResponse.BodyHandlers.discarding())
                                    .statusCode())
                            .as("%d %s", port, path)
                            .isIn(401, 404);
                }
            }
        }
    }
}
