package org.citybrain.api.describe;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.citybrain.access.AccessReason;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.messages.MessageJson;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Adds to each operation its example, from {@code city-brain-api/examples}, and the problems that it may answer. */
@Component
class DescribeAnswers implements OpenApiCustomizer {

    private static final Set<String> WITH_VERSION = Set.of("getIncident", "getTask");

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().getSchemas().remove("ProblemDetail");
        api.getComponents().addSchemas("Problem", problem());
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        ApiResponse ok = Objects.requireNonNull(operation.getResponses().get("200"), operation.getOperationId());
        ok.setDescription(operation.getSummary());
        ok.getContent().values().forEach(type -> type.setExample(example(operation.getOperationId())));
        if (WITH_VERSION.contains(operation.getOperationId())) {
            ok.addHeaderObject(
                    "ETag", new Header().description("The version, in quotes").schema(string().example("\"2\"")));
        }
        problem(operation, "400", "A parameter or the body is not what was expected", "problem-400");
        problem(operation, "401", "No token came, or it is not good", "problem-401");
        problem(operation, "403", "None of the person's roles may do this", "problem-403");
        if (path.contains("{")) {
            problem(operation, "404", "Nothing has this id", "problem-404");
        }
        if (method == PathItem.HttpMethod.POST) {
            problem(operation, "409", "Settled before", "problem-409");
        }
        problem(operation, "503", "Something that is needed does not answer; see Retry-After", "problem-503");
    }

    private static void problem(Operation operation, String status, String description, String example) {
        MediaType problem = new MediaType()
                .schema(new Schema<>().$ref("#/components/schemas/Problem"))
                .example(example(example));
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(description)
                                .content(new Content().addMediaType("application/problem+json", problem)));
    }

    private static Schema<?> problem() {
        Schema<Object> reason = string();
        Stream.concat(Arrays.stream(ProblemReason.values()), Arrays.stream(AccessReason.values()))
                .map(Enum::name)
                .forEach(reason::addEnumItemObject);
        Schema<?> problem = new Schema<>()
                .description("What is wrong (RFC 9457)")
                .addProperty("type", string().description("Absent: about:blank"))
                .addProperty("title", string())
                .addProperty("status", new Schema<>().types(Set.of("integer")))
                .addProperty("detail", string().description("The offending value and what was expected"))
                .addProperty("instance", string().description("The path that was asked for"))
                .addProperty("reason", reason)
                .addProperty("parameter", string().description("The parameter that is wrong"))
                .addProperty("field", string().description("The field of the body that is wrong"))
                .addProperty("value", string())
                .addProperty("expected", string())
                .addProperty("traceId", string().description("Under which the logs of all services say more"));
        problem.setTypes(Set.of("object"));
        problem.setRequired(List.of("title", "status", "detail", "instance", "reason"));
        return problem;
    }

    private static Schema<Object> string() {
        Schema<Object> string = new Schema<>();
        string.setTypes(Set.of("string"));
        return string;
    }

    private static Object example(String name) {
        try (InputStream json = new ClassPathResource("city-brain-api/examples/" + name + ".json").getInputStream()) {
            return MessageJson.MAPPER.readValue(json, Map.class);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
