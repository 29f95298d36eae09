package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.ReportBuilder;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * People's commands over HTTP, on real PostGIS, with reports coming in through the pipeline. They go in turn to two instances of the
 * service, each with its own pool and memory.
 */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class CommandsOverHttp {

    static final Database DATABASE = Infrastructure.shared().newDatabase();
    static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    static final HttpClient HTTP = HttpClient.newHttpClient();

    static final String CITY = person("city-operator", "50", "OPERATOR");
    static final String CITY_TOO = person("other-city-operator", "50", "OPERATOR");
    static final String DISTRICT = person("district-operator", "500103", "OPERATOR");
    static final String OTHER_DISTRICT = person("operator-there", "500105", "OPERATOR");
    static final String WORKER = person("grid-worker", "500103001001001", "GRID_WORKER");
    static final String ANALYST = person("analyst", "50", "ANALYST");

    static final String WHY = "{\"reason\": \"seen on the spot\"}";

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @Autowired
    private PostgresPolicies policies;

    @LocalServerPort
    private int port;

    static ConfigurableApplicationContext secondInstance;
    private final AtomicInteger sent = new AtomicInteger();
    private long nextOffset;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static synchronized void build_the_city_and_start_a_second_instance() {
        if (secondInstance != null) {
            return;
        }
        SquareCity.build(DATABASE.administratorDataSource());
        ADMINISTRATOR.sql("""
                        insert into intake.source (source_id, types, datums, unit_codes, provenance, registered_at, updated_at)
                        select id, '{flood.waterlogging}', '{WGS84}', '{50}', 'REGISTERED', now(), now()
                        from unnest(array['gw-1', 'gw-2', 'gw-3']) as id
                        """).update();
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--city-brain.dispatch.auto-start=false",
                "--city-brain.dispatch.relay-interval=1h"));
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> settings.add("--" + name + "=" + value));
        secondInstance = new SpringApplicationBuilder(DispatchApplication.class)
                .properties("spring.config.name=dispatch-service")
                .run(settings.toArray(String[]::new));
    }

    @BeforeEach
    void begin_with_an_empty_store() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.report_key, dispatch.report, dispatch.duplicate_report, dispatch.parked_report,
                                 dispatch.batch_outcome, dispatch.incident, dispatch.task, dispatch.incident_event,
                                 dispatch.consumed_partition, dispatch.command, dispatch.source_label
                        """).update();
        currentMap.renew();
        secondInstance.getBean(CurrentMap.class).renew();
        nextOffset = 0;
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
    }

    /** Every report belongs to one incident that is not merged away, and counts in it. */
    static void assertCountedOnce(int reports) {
        assertThat(count("dispatch.report")).isEqualTo(reports);
        assertThat(one("select sum(report_count) as sum from dispatch.incident where status <> 'MERGED'")
                        .get("sum"))
                .isEqualTo((long) reports);
        assertThat(count("""
                        (select i.id from dispatch.incident i left join dispatch.report r on r.incident_id = i.id
                         where i.status <> 'MERGED' group by i.id, i.report_count having count(r.report_id) <> i.report_count) w""")).isZero();
        assertThat(count(
                        "dispatch.report r join dispatch.incident i on i.id = r.incident_id where i.status = 'MERGED'"))
                .isZero();
    }

    UUID open(ReportBuilder builder) {
        process(builder);
        return ADMINISTRATOR
                .sql("select incident_id from dispatch.report where report_id = :id")
                .param("id", builder.received().reportId())
                .query(UUID.class)
                .single();
    }

    void process(ReportBuilder... reports) {
        pipeline.process(Arrays.stream(reports)
                .map(r -> readReports.read(r.polled(0, nextOffset++)))
                .toList());
    }

    Answer merge(String token, UUID from, UUID into) throws Exception {
        return post(
                token,
                from,
                "merge",
                UUID.randomUUID().toString(),
                (int) row(from).get("version"),
                "{\"reason\": \"one\", \"into\": \"" + into + "\"}");
    }

    UUID split(UUID from, UUID... reports) throws Exception {
        String ids = Arrays.stream(reports).map(id -> "\"" + id + "\"").collect(Collectors.joining(", "));
        return other(post(
                CITY,
                from,
                "split",
                UUID.randomUUID().toString(),
                (Integer) row(from).get("version"),
                "{\"reason\": \"two\", \"reports\": [" + ids + "]}"));
    }

    /** So many metres east of the middle of the first grid. */
    static ReportBuilder fire(double meters) {
        return report().type("fire.forest").at(SquareCity.longitudeOf(0) + meters / 96_800, SquareCity.latitude());
    }

    void putInForce(int version, Instant from, String correlation) {
        ADMINISTRATOR
                .sql("insert into dispatch.policy (kind, version, status, document, effective_from, created_at) "
                        + "values ('correlation', :version, 'EFFECTIVE', :document::jsonb, :from, now())")
                .param("version", version)
                .param("document", correlation)
                .param("from", java.sql.Timestamp.from(from))
                .update();
        refreshPolicies();
    }

    void removePolicies() {
        ADMINISTRATOR.sql("delete from dispatch.policy where version > 1").update();
        refreshPolicies();
    }

    void refreshPolicies() {
        policies.refresh();
        secondInstance.getBean(PostgresPolicies.class).refresh();
    }

    static UUID other(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return UUID.fromString(answer.json().at("/other/id").asString());
    }

    Answer post(String token, UUID id, String command, String key, Integer version, String body)
            throws IOException, InterruptedException {
        return send(token, "incidents", id, command, key, version, body);
    }

    /** @param on {@code incidents} or {@code tasks} */
    Answer send(String token, String on, UUID id, String command, String key, Integer version, String body)
            throws IOException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        if (key != null) {
            headers.put("Idempotency-Key", key);
        }
        if (version != null) {
            headers.put("If-Match", "\"" + version + "\"");
        }
        return send(token, on, id, command, headers, body);
    }

    Answer send(String token, String on, UUID id, String command, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        String second = secondInstance.getEnvironment().getProperty("local.server.port");
        String instance = sent.getAndIncrement() % 2 == 0 ? String.valueOf(port) : second;
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + instance + "/internal/" + on + "/" + id + "/" + command))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<Answer>> futures = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(calls.size())) {
            for (Callable<Answer> call : calls) {
                futures.add(people.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            for (Future<Answer> future : futures) {
                answers.add(future.get(1, TimeUnit.MINUTES));
            }
        }
        return answers;
    }

    static String person(String account, String unit, String role) {
        return Infrastructure.shared().issuer().token(account, unit, role);
    }

    static Map<String, Object> row(UUID incident) {
        return one("""
                select version, status, level, scope, corroborated, commanding_unit, report_count, people_reported, deaths,
                       loss_yuan, graded_by_person, ruled_level, ruled_scope, merged_into from dispatch.incident where id = '%s'
                """.formatted(incident));
    }

    static List<String> timeline(UUID incident) {
        return all("select kind || ' ' || incident_version || ' ' || actor from dispatch.incident_event "
                + "where incident_id = '" + incident + "' order by sequence");
    }

    static List<String> tasks(UUID incident) {
        return all("select unit_code || ' ' || role || ' ' || status from dispatch.task where incident_id = '"
                + incident + "' order by length(unit_code), unit_code");
    }

    static List<String> labels(UUID incident) {
        return all(
                "select source_kind || ' ' || source_id || ' ' || label from dispatch.source_label where incident_id = '"
                        + incident + "' order by 1");
    }

    static List<String> audit() {
        return all(
                "select actor || ' ' || action || ' ' || object || ' ' || result || ' ' || "
                        + "coalesce(detail::json ->> 'reason', '') from audit.line where action like 'incident.%' order by sequence");
    }

    static Map<String, Object> one(String sql) {
        return ADMINISTRATOR.sql(sql).query().singleRow();
    }

    static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }

    static long count(String from) {
        return ADMINISTRATOR
                .sql("select count(*) from " + from)
                .query(Long.class)
                .single();
    }

    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return MessageJson.MAPPER.readTree(response.body());
        }

        String reason() {
            return json().path("reason").asString();
        }
    }
}
