package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Retrying and discarding over HTTP, on real PostGIS. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {"spring.config.name=dispatch-service", "city-brain.dispatch.auto-start=false"},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SettleParkedTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());

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

    private static long nextOffset;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
    }

    @BeforeEach
    void begin() {
        currentMap.renew();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        ADMINISTRATOR
                .sql(
                        "truncate dispatch.parked_report, dispatch.batch_outcome, dispatch.incident, dispatch.report, dispatch.report_key")
                .update();
    }

    @Test
    void a_report_that_was_parked_for_its_type_goes_on_once_the_catalogue_knows_the_type() throws Exception {
        UUID reportId = UUID.randomUUID();
        UUID parked = park(report().id(reportId).type("city.new-type").inGrid(2));
        JsonNode stillParked = post(parked, "retry", "{\"reason\": \"is it known now?\"}", 200);
        assertThat(stillParked.path("status").asString()).isEqualTo("PARKED");
        assertThat(stillParked.path("detail").asString()).contains("city.new-type");

        renameType("city.litter", "city.new-type");
        try {
            JsonNode retried = post(parked, "retry", "{\"reason\": \"the catalogue has it now\"}", 200);
            assertThat(retried.path("status").asString()).isEqualTo("RETRIED");
            assertThat(retried.path("outcome").asString()).isEqualTo("OPENED");
            assertThat(ADMINISTRATOR
                            .sql("select incident_id from dispatch.report where report_id = :id")
                            .param("id", reportId)
                            .query(UUID.class)
                            .single())
                    .hasToString(retried.path("incidentId").asString());
        } finally {
            renameType("city.new-type", "city.litter");
        }
        assertThat(outcomes()).isEqualTo(Map.of("PARKED", 0L, "OPENED", 1L));
        assertThat(post(parked, "retry", "{\"reason\": \"again\"}", 409)
                        .path("reason")
                        .asString())
                .isEqualTo("ALREADY_SETTLED");
    }

    @Test
    void what_is_given_up_is_counted_as_discarded() throws Exception {
        pipeline.process(List.of(readReports.read(
                new ConsumerRecord<>(Topics.REPORT_RECEIVED, 0, nextOffset++, "k", "garbage".getBytes()))));
        UUID parked = onlyParked();

        assertThat(post(parked, "discard", "{\"reason\": \"a test message of the vendor\"}", 200)
                        .path("status")
                        .asString())
                .isEqualTo("DISCARDED");

        assertThat(outcomes()).isEqualTo(Map.of("PARKED", 0L, "DISCARDED", 1L));
        assertThat(ADMINISTRATOR
                        .sql("select settled_reason from dispatch.parked_report")
                        .query(String.class)
                        .single())
                .isEqualTo("a test message of the vendor");
        post(parked, "discard", "{\"reason\": \"twice\"}", 409);
    }

    @Test
    void what_was_received_in_an_archived_month_is_not_tried_again_but_can_be_given_up() throws Exception {
        UUID parked = park(report().type("city.new-type"));
        ADMINISTRATOR
                .sql("update dispatch.parked_report set received_at = '2024-03-31 23:30Z'")
                .update();
        ADMINISTRATOR.sql("""
                        insert into dispatch.archived_month (month, first_id, next_id, incidents, reports, archived_at)
                        values ('2024-03-01', dispatch.lowest_id_at('2024-03-01Z'), dispatch.lowest_id_at('2024-04-01Z'), 0, 0, now())
                        """).update();
        try {
            JsonNode refused = post(parked, "retry", "{\"reason\": \"the catalogue has it now\"}", 410);

            assertThat(refused.path("reason").asString()).isEqualTo("ARCHIVED");
            assertThat(refused.path("detail").asString()).contains("2024-03");
            assertThat(ADMINISTRATOR
                            .sql("select to_regclass('dispatch.report_2024_03') is null")
                            .query(Boolean.class)
                            .single())
                    .as("the month is not made again")
                    .isTrue();
            post(parked, "discard", "{\"reason\": \"too old\"}", 200);
        } finally {
            ADMINISTRATOR.sql("delete from dispatch.archived_month").update();
        }
    }

    @Test
    void a_command_without_a_reason_or_for_nothing_is_refused() throws Exception {
        UUID parked = park(report().type("city.new-type"));
        assertThat(post(parked, "discard", "{}", 400).path("reason").asString()).isEqualTo("MISSING_VALUE");
        assertThat(post(parked, "retry", "{\"reason\": \"  \"}", 400)
                        .path("reason")
                        .asString())
                .isEqualTo("MISSING_VALUE");
        assertThat(post(UUID.randomUUID(), "retry", "{\"reason\": \"why\"}", 404)
                        .path("reason")
                        .asString())
                .isEqualTo("NOT_FOUND");
    }

    private UUID park(ReportBuilder builder) {
        pipeline.process(List.of(readReports.read(builder.polled(0, nextOffset++))));
        return onlyParked();
    }

    private static UUID onlyParked() {
        return ADMINISTRATOR
                .sql("select id from dispatch.parked_report")
                .query(UUID.class)
                .single();
    }

    private void renameType(String from, String to) {
        ADMINISTRATOR
                .sql(
                        "update dispatch.policy set document = replace(document::text, :from, :to)::jsonb where kind = 'item-catalogue'")
                .param("from", "\"" + from + "\"")
                .param("to", "\"" + to + "\"")
                .update();
        policies.refresh();
    }

    private JsonNode post(UUID id, String command, String body, int status) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + port + "/internal/parked/" + id + "/" + command))
                            .header("Content-Type", "application/json")
                            .header(
                                    "Authorization",
                                    "Bearer "
                                            + Infrastructure.shared().issuer().token("city-operator", "50", "OPERATOR"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return MessageJson.MAPPER.readTree(response.body());
        }
    }

    private static Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new HashMap<>();
        ADMINISTRATOR
                .sql("select outcome, sum(reports) as reports from dispatch.batch_outcome group by outcome")
                .query(row -> {
                    outcomes.put(row.getString("outcome"), row.getLong("reports"));
                });
        return outcomes;
    }
}
