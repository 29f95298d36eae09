package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} promises, read from the file; docs/containers.md shows it running. */
class ComposeFileTest {

    private static final Path ROOT = Path.of("..");
    private static final int MOST_MEGABYTES = 4096;
    /** Ends before the services start. */
    private static final String ONE_SHOT = "migrations";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)([^}]*)}");
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|KEY)");

    private final String text = Files.readString(ROOT.resolve("docker-compose.yml"));
    private final Map<String, Map<String, Object>> services = services(text);

    ComposeFileTest() throws IOException {}

    @Test
    void nothing_is_published_beyond_this_machine() {
        List<String> ports = services.values().stream()
                .flatMap(service -> list(service.get("ports")).stream())
                .toList();

        assertThat(ports).isNotEmpty().allMatch(port -> port.matches("127\\.0\\.0\\.1:[0-9]+:[0-9]+"));
    }

    @Test
    void no_password_has_a_default_and_new_env_makes_each() throws IOException {
        Set<String> demanded = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (MatchResult variable : VARIABLE.matcher(text).results().toList()) {
            if (SECRET.matcher(variable.group(1)).matches()) {
                named.add(variable.group(1));
                assertThat(variable.group(2))
                        .as(variable.group())
                        .doesNotStartWith(":-")
                        .doesNotStartWith("-");
                if (variable.group(2).startsWith(":?")) {
                    demanded.add(variable.group(1));
                }
            }
        }
        String newEnv = Files.readString(ROOT.resolve("docker/new-env"));

        assertThat(demanded).isEqualTo(named);
        assertThat(demanded).allMatch(newEnv::contains);
        assertThat(secretsWrittenOut()).isEmpty();
    }

    @Test
    void all_of_it_fits_four_gigabytes() {
        int sum = services.entrySet().stream()
                .filter(service -> !service.getKey().equals(ONE_SHOT))
                .mapToInt(service -> megabytes(service.getValue().get("mem_limit")))
                .sum();

        assertThat(sum).isLessThanOrEqualTo(MOST_MEGABYTES);
        assertThat(services.values()).allMatch(service -> service.containsKey("mem_limit"));
    }

    @Test
    void each_comes_back_when_it_dies_and_says_whether_it_is_well() {
        services.forEach((name, service) -> {
            if (!name.equals(ONE_SHOT)) {
                assertThat(service.get("restart")).as(name).isEqualTo("unless-stopped");
                assertThat(service.containsKey("healthcheck") || isOurs(service))
                        .as("%s has a health check, ours the Dockerfile's", name)
                        .isTrue();
            }
        });
    }

    @Test
    void our_own_run_without_rights_on_a_root_that_cannot_be_written() {
        List<Map<String, Object>> ours =
                services.values().stream().filter(ComposeFileTest::isOurs).toList();

        assertThat(ours).hasSize(5).allSatisfy(service -> {
            assertThat(service.get("read_only")).isEqualTo(true);
            assertThat(list(service.get("cap_drop"))).containsExactly("ALL");
            assertThat(list(service.get("security_opt"))).containsExactly("no-new-privileges:true");
        });
    }

    @Test
    void the_services_know_every_setting_that_they_are_given() throws IOException {
        for (String module : List.of("event-intake", "grid-service", "dispatch-service", "city-brain-api")) {
            String settings = Files.readString(ROOT.resolve(module + "/src/main/resources/" + module + ".yml"));
            assertThat(map(services.get(module).get("environment")).keySet())
                    .as(module)
                    .filteredOn(name -> name.startsWith("CITY_BRAIN_"))
                    .allMatch(name -> settings.contains("${" + name + ":"));
        }
    }

    @Test
    void every_file_that_is_mounted_is_there() {
        List<Path> files = services.values().stream()
                .flatMap(service -> list(service.get("volumes")).stream())
                .filter(volume -> volume.startsWith("./"))
                .map(volume -> ROOT.resolve(volume.substring(2).split(":", 2)[0]))
                .toList();

        assertThat(files).isNotEmpty().allMatch(Files::exists);
    }

    @Test
    void kafka_asks_everyone_for_a_name_but_itself() {
        Map<String, Object> broker = map(services.get("kafka").get("environment"));
        String protocols = String.valueOf(broker.get("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"));

        assertThat(protocols.split(","))
                .hasSize(3)
                .filteredOn(listener -> !listener.contains(":SASL_"))
                .containsExactly("CONTROLLER:PLAINTEXT");
        assertThat(String.valueOf(broker.get("KAFKA_LISTENERS"))).contains("CONTROLLER://127.0.0.1:");
    }

    private List<String> secretsWrittenOut() {
        return services.values().stream()
                .flatMap(service -> map(service.get("environment")).entrySet().stream())
                .filter(entry -> SECRET.matcher(entry.getKey()).matches())
                .map(entry -> String.valueOf(entry.getValue()))
                .filter(value -> !value.startsWith("${"))
                .toList();
    }

    private static boolean isOurs(Map<String, Object> service) {
        return service.containsKey("build");
    }

    private static int megabytes(Object limit) {
        // One may be given more by a variable: what counts is what it has without.
        String value = String.valueOf(limit).replaceFirst("^\\$\\{[A-Z_]+:-([0-9]+m)}$", "$1");
        assertThat(value).matches("[0-9]+m");
        return Integer.parseInt(value.substring(0, value.length() - 1));
    }

    private static List<String> list(Object values) {
        List<String> all = new ArrayList<>();
        if (values instanceof Iterable<?> several) {
            several.forEach(value -> all.add(String.valueOf(value)));
        }
        return all;
    }

    private static Map<String, Object> map(Object values) {
        return values instanceof Map<?, ?> several
                ? several.entrySet().stream()
                        .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue))
                : Map.of();
    }

    private static Map<String, Map<String, Object>> services(String text) {
        Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return Stream.of(map(map(document).get("services")))
                .flatMap(all -> all.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, service -> map(service.getValue())));
    }
}
