package org.citybrain.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Asks every endpoint of every service as every role, about what is theirs and what is another's: {@code docs/access.csv}. */
@NativeOnly("asks what ./city-brain up starts on this machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixIT {

    private static final Path TABLE = Path.of("..", "docs", "access.csv");
    /** What answers where no endpoint of ours is reached. */
    private static final Set<String> NOT_OURS = Set.of("/error");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> examples = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();

    record Row(String service, String method, String path, String example, Map<String, Integer> expected) {
        @Override
        public String toString() {
            return service + " " + method + " " + example;
        }
    }

    @BeforeAll
    void fillTheCity() throws Exception {
        CityClient city = RunningCity.client();
        List<Place> places = city.listGrids();
        store(city, "own", places.getFirst(), "GRID_WORKER");
        store(city, "other", places.getLast(), "SENSOR");
        examples.put("unknown", UUID.randomUUID().toString());
        examples.put("otherStaff", "operator-" + places.getLast().gridCode().substring(0, 6) + "-1");
        for (String person : people()) {
            tokens.put(person, FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), person));
        }
        whistle(city);
    }

    /** The worker summons the demo department to the own incident. */
    private void whistle(CityClient city) throws Exception {
        String incident = requireNonNull(examples.get("ownIncident"));
        String district = city.listGrids().getFirst().gridCode().substring(0, 6);
        String department = district + "-urban-management";
        WhistleIT.register(department, district);
        HttpResponse<String> whistled = http.send(
                HttpRequest.newBuilder(
                                URI.create(LocalPorts.url(port("api")) + "/v1/incidents/" + incident + "/whistle"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + tokens.get("grid-worker"))
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .header(
                                "If-Match",
                                "\""
                                        + city.read("/v1/incidents/" + incident)
                                                .body()
                                                .get("version")
                                                .asInt() + "\"")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"reason\": \"a test\", \"departments\": [\"" + department + "\"]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(whistled.statusCode()).as(whistled.body()).isEqualTo(200);
        examples.put(
                "ownCheckIn",
                city.read("/v1/check-ins?incident=" + incident)
                        .body()
                        .at("/items/0/id")
                        .asString());
    }

    static List<Row> rows() throws IOException {
        List<String> lines = Files.readAllLines(TABLE).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        List<String> names = List.of(lines.getFirst().split(","));
        return lines.stream().skip(1).map(line -> row(names, line.split(","))).toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_caller_gets_the_answer_that_the_table_says(Row row) throws Exception {
        Map<String, Integer> answers = new HashMap<>();
        for (String caller : row.expected().keySet()) {
            answers.put(caller, ask(row, caller));
        }

        assertThat(answers).isEqualTo(row.expected());
    }

    @Test
    void every_endpoint_of_every_service_has_a_row() throws Exception {
        Set<String> named = new TreeSet<>();
        rows().forEach(row -> named.add(row.method() + " " + row.path()));

        assertThat(endpoints()).isNotEmpty().allMatch(named::contains);
    }

    private int ask(Row row, String caller) throws IOException, InterruptedException {
        String path = row.example();
        for (Map.Entry<String, String> example : examples.entrySet()) {
            path = path.replace("{" + example.getKey() + "}", example.getValue());
        }
        var request = HttpRequest.newBuilder(URI.create(LocalPorts.url(port(row.service())) + path))
                .header("Content-Type", "application/json")
                .method(
                        row.method(),
                        Set.of("GET", "HEAD", "DELETE").contains(row.method())
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}"));
        if (caller.equals("gateway")) {
            request.header(
                    "X-Api-Key",
                    Files.readString(RunningCity.folder().resolve("secrets").resolve(LocalService.DEMO_KEY))
                            .strip());
        } else if (!caller.equals("nobody")) {
            request.header("Authorization", "Bearer " + tokens.get(caller));
        }
        HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        // A live stream has no end: its body is not read.
        try (InputStream body = answer.body()) {
            if (answer.statusCode() >= 400 && !row.method().equals("HEAD")) {
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .as("%s as %s: %s", row, caller, new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("application/problem+json");
            }
        }
        return answer.statusCode();
    }

    private void store(CityClient city, String whose, Place place, String kind) throws Exception {
        UUID id = UUID.randomUUID();
        String report = MessageJson.MAPPER.writeValueAsString(new Report(
                id,
                new Report.Source(
                        SourceKind.valueOf(kind), kind.equals("SENSOR") ? "demo-gateway" : "grid-worker", null),
                "power.outage",
                Instant.now().minusSeconds(5),
                new Report.Location(place.longitude(), place.latitude(), Datum.WGS84),
                null,
                12L,
                null,
                null,
                null,
                null,
                null));
        JsonNode answer =
                kind.equals("SENSOR") ? city.postBatchOfGateway(List.of(report)) : city.postBatch(List.of(report));
        assertThat(answer.get("accepted").asInt()).as("%s", answer).isEqualTo(1);
        JsonNode state = await().atMost(Duration.ofSeconds(30))
                .until(() -> city.read("/v1/reports/" + id).body(), body -> body.hasNonNull("incidentId"));
        String incident = state.get("incidentId").asString();
        examples.put(whose + "Report", id.toString());
        examples.put(whose + "Incident", incident);
        examples.put(
                whose + "Task",
                city.read("/v1/incidents/" + incident)
                        .body()
                        .get("tasks")
                        .valueStream()
                        .filter(task -> task.get("tier").asString().equals("GRID"))
                        .findFirst()
                        .orElseThrow()
                        .get("id")
                        .asString());
    }

    private static Row row(List<String> names, String[] cells) {
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 4; i < cells.length; i++) {
            expected.put(names.get(i), Integer.valueOf(cells[i]));
        }
        return new Row(cells[0], cells[1], cells[2], cells[3], expected);
    }

    private static List<String> people() throws IOException {
        return rows().getFirst().expected().keySet().stream()
                .filter(caller -> !caller.equals("gateway") && !caller.equals("nobody"))
                .toList();
    }

    static int port(String service) {
        LocalPorts ports = RunningCity.ports();
        return switch (service) {
            case "api" -> ports.api();
            case "intake" -> ports.intake();
            case "dispatch" -> ports.dispatch();
            case "grid" -> ports.grid();
            case "identity" -> ports.identity();
            default -> throw new IllegalArgumentException("there is no service " + service);
        };
    }

    /** Method and path of everything that any controller of ours answers. */
    private static Set<String> endpoints() throws ClassNotFoundException {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        Set<String> endpoints = new TreeSet<>();
        for (BeanDefinition found : scan.findCandidateComponents("org.citybrain")) {
            Class<?> type = Class.forName(found.getBeanClassName());
            RequestMapping base = AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class);
            Arrays.stream(type.getDeclaredMethods())
                    .map(method -> AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class))
                    .filter(mapping -> mapping != null)
                    .forEach(mapping -> endpoints.addAll(endpoints(base, mapping)));
        }
        return endpoints;
    }

    private static List<String> endpoints(RequestMapping base, RequestMapping mapping) {
        List<String> endpoints = new ArrayList<>();
        for (String above : base == null ? List.of("") : orNothing(base.path())) {
            for (String below : orNothing(mapping.path())) {
                Stream.of(mapping.method())
                        .map(RequestMethod::name)
                        .filter(method -> !NOT_OURS.contains(above + below))
                        .forEach(method ->
                                commandsOf(above + below).forEach(path -> endpoints.add(method + " " + path)));
            }
        }
        return endpoints;
    }

    /** One path that takes every command stands for a path of each; what no package carries out yet has none. */
    private static List<String> commandsOf(String path) {
        int subjects = path.indexOf("{subjects");
        return subjects < 0
                ? List.of(path)
                : Arrays.stream(CommandName.values())
                        .filter(command -> command.subject() != SubjectKind.CHECK_IN)
                        .filter(command -> command != CommandName.WHISTLE && command != CommandName.FEEDBACK)
                        .map(command ->
                                path.substring(0, subjects) + command.subject().path() + "/{id}/" + command.path())
                        .toList();
    }

    private static List<String> orNothing(String[] paths) {
        return paths.length == 0 ? List.of("") : List.of(paths);
    }
}
