package org.citybrain.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** A database whose views of devices and responsibility areas cannot be read. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {"spring.config.name=dispatch-service", "city-brain.dispatch.auto-start=false"},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class UnreadableSurroundingsTest {

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

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SquareCity.build(DATABASE.administratorDataSource());
        ADMINISTRATOR
                .sql("revoke select on grid.device_view, grid.responsibility_area_view from city_brain_reader")
                .update();
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void what_cannot_be_read_is_named_with_the_reason_and_the_incident_is_dispatched() {
        assertThat(currentMap.renew()).as("the map is there").isTrue();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));

        pipeline.process(List.of(readReports.read(report().people(640).polled(0, 0))));

        JsonNode picture = MessageJson.MAPPER.readTree(ADMINISTRATOR
                .sql("select picture::text from dispatch.incident")
                .query(String.class)
                .single());
        assertThat(picture.path("missing").valueStream().map(JsonNode::asString))
                .containsExactly("staffOnDuty", "devicesNear", "departments");
        assertThat(picture.at("/missingBecause/devicesNear").asString())
                .isEqualTo("the devices of the map have not been read");
        assertThat(picture.at("/missingBecause/departments").asString())
                .isEqualTo("the responsibility areas of the map have not been read");
        assertThat(picture.has("devicesNear")).isFalse();
        assertThat(picture.path("openIncidentsNear").isArray()).isTrue();
        assertThat(ADMINISTRATOR
                        .sql("select count(*) from dispatch.task")
                        .query(Long.class)
                        .single())
                .isEqualTo(5);
    }
}
