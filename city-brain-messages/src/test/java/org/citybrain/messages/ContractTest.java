package org.citybrain.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every sample that was ever released parses, validates, and comes back as it was. */
class ContractTest {

    private static final Map<String, Class<?>> MESSAGES = Map.of(
            "report", Report.class,
            "report-received", ReportReceived.class,
            "report-rejected", ReportRejected.class,
            "incident-changed", IncidentChanged.class,
            "task-changed", TaskChanged.class,
            "governance-map-changed", GovernanceMapChanged.class);

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    record Sample(String message, Path file) {
        @Override
        public String toString() {
            return message + "/" + file.getFileName();
        }

        JsonNode json() throws IOException {
            return MessageJson.MAPPER.readTree(Files.readString(file));
        }
    }

    static Stream<Sample> samples() {
        return MESSAGES.keySet().stream().sorted().flatMap(message -> list(message).stream());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_sample_validates_against_its_schema(Sample sample) throws IOException {
        assertThat(errors(sample.message(), sample.json())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_sample_parses_into_its_record_and_comes_back_field_by_field(Sample sample) throws IOException {
        Object message = MessageJson.MAPPER.treeToValue(sample.json(), MESSAGES.get(sample.message()));

        JsonNode written = MessageJson.MAPPER.readTree(MessageJson.MAPPER.writeValueAsString(message));
        assertThat(written).isEqualTo(sample.json());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_field_that_is_added_one_day_disturbs_no_reader(Sample sample) throws IOException {
        ObjectNode later = (ObjectNode) sample.json();
        later.put("addedLater", true);

        Object message = MessageJson.MAPPER.treeToValue(later, MESSAGES.get(sample.message()));

        assertThat(message).isEqualTo(MessageJson.MAPPER.treeToValue(sample.json(), MESSAGES.get(sample.message())));
    }

    @Test
    void every_message_has_samples() {
        assertThat(MESSAGES.keySet())
                .allSatisfy(message -> assertThat(list(message)).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_schema_knows_exactly_the_fields_of_its_record(Sample sample) {
        List<String> fields = Arrays.stream(MESSAGES.get(sample.message()).getRecordComponents())
                .map(c -> c.getName())
                .toList();

        assertThat(schema(sample.message()).getSchemaNode().path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void the_schema_of_refusals_names_every_reason() {
        JsonNode reasons = schema("report-rejected").getSchemaNode().at("/properties/reason/enum");

        assertThat(reasons.valueStream().map(JsonNode::asString))
                .containsExactly(
                        Arrays.stream(RejectionReason.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void a_report_that_is_wrong_does_not_validate() throws IOException {
        for (String wrong : List.of("{}", "{\"source\": {\"kind\": \"DRONE\", \"id\": \"a\"}}", "[]")) {
            assertThat(errors("report", MessageJson.MAPPER.readTree(wrong))).isNotEmpty();
        }
        ObjectNode report = (ObjectNode) list("report").getFirst().json();
        assertThat(errors("report", report.deepCopy().put("peopleAfected", 3))).isNotEmpty();
        assertThat(errors("report", report.deepCopy().put("peopleAffected", -3)))
                .isNotEmpty();
        assertThat(errors("report", report.deepCopy().put("occurredAt", "yesterday")))
                .isNotEmpty();
    }

    private static List<Error> errors(String message, JsonNode json) {
        return schema(message)
                .validate(json, execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static Schema schema(String message) {
        try (InputStream schema = Objects.requireNonNull(
                ContractTest.class.getResourceAsStream("/schemas/v1/" + message + ".schema.json"))) {
            return REGISTRY.getSchema(schema);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Sample> list(String message) {
        Path folder = Path.of("src/main/resources/samples/v1", message);
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(file -> new Sample(message, file)).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
