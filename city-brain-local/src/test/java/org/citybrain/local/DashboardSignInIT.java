package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.citybrain.local.identity.DashboardBrowser;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;

/** A person's browser at the dashboard of the local run, with the identity server of the local run. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class DashboardSignInIT {

    @Test
    void whoever_signs_in_with_a_browser_is_that_person_on_the_api() throws Exception {
        URI dashboard = URI.create(LocalPorts.url(RunningCity.ports().api()));
        try (var browser = DashboardBrowser.signIn(
                URI.create(LocalPorts.url(RunningCity.ports().identity())),
                dashboard,
                "street-operator",
                passwordOf("street-operator"))) {
            var me = browser.get("/v1/me");

            assertThat(me.statusCode()).isEqualTo(200);
            assertThat(MessageJson.MAPPER.readTree(me.body()).at("/name").asString())
                    .isEqualTo("street-operator");
            assertThat(browser.get("/v1/audit").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void a_page_that_asks_for_many_things_at_once_is_one_person_all_the_time() throws Exception {
        try (var browser = DashboardBrowser.signIn(
                        URI.create(LocalPorts.url(RunningCity.ports().identity())),
                        URI.create(LocalPorts.url(RunningCity.ports().api())),
                        "street-operator",
                        passwordOf("street-operator"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = Stream.generate(
                            () -> threads.submit(() -> browser.get("/v1/me").statusCode()))
                    .limit(40)
                    .toList();

            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
    }

    private static String passwordOf(String name) throws Exception {
        return Files.readAllLines(RunningCity.folder().resolve("secrets/people")).stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
