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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citybrain.access.AccessReason;
import org.citybrain.api.command.DescribeCommands;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.messages.MessageJson;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Adds to each operation its example, from {@code city-brain-api/examples}, and the problems that it may answer. */
@Component
class DescribeAnswers implements OpenApiCustomizer {

    private static final Set<String> OF_A_MONTH = Set.of("getIncident", "getTimeline", "getTask", "retryParked");
    private static final Set<String> MADE_ONCE = Set.of("createSubscription", "handOver");
    private static final Set<String> WITH_VERSION = Set.of(
            "getIncident",
            "getTask",
            "getCheckIn",
            "getPolicy",
            "draftPolicy",
            "changePolicy",
            "withdrawPolicy",
            "approvePolicy");

    private static final Set<PathItem.HttpMethod> SENDS_BYTES =
            Set.of(PathItem.HttpMethod.POST, PathItem.HttpMethod.PUT, PathItem.HttpMethod.PATCH);

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().getSchemas().remove("ProblemDetail");
        api.getComponents().addSchemas("Problem", problem());
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        ApiResponse ok = good(operation);
        ok.setDescription(operation.getSummary());
        if (ok.getContent() != null) {
            ok.getContent().forEach((kind, type) -> addExample(path, operation, kind, type));
        }
        if (WITH_VERSION.contains(operation.getOperationId()) || isCommand(operation)) {
            ok.addHeaderObject(
                    "ETag", new Header().description("The version, in quotes").schema(string().example("\"2\"")));
        }
        problem(operation, "400", "A parameter or the body is not what was expected", "problem-400");
        problem(operation, "401", "No token came, or it is not good", "problem-401");
        problem(operation, "403", "None of the person's roles may do this", "problem-403");
        if (path.contains("{")) {
            problem(operation, "404", "Nothing has this id", "problem-404");
        }
        if (MADE_ONCE.contains(operation.getOperationId())) {
            problem(operation, "422", "The key came before with another request", "problem-422");
        }
        if (operation.getOperationId().equals("requestDelegation")) {
            problem(
                    operation,
                    "422",
                    "Something that is needed is missing: it is named",
                    "problem-incomplete-delegation");
        }
        if (operation.getOperationId().equals("listChanges")) {
            problem(operation, "410", "The cursor is too old: begin anew", "problem-410");
        }
        if (OF_A_MONTH.contains(operation.getOperationId())) {
            problem(operation, "410", "Its month is in the archive", "problem-410-archived");
        }
        if (operation.getOperationId().equals("readStream")) {
            problem(operation, "429", "As many streams are open as one person may have", "problem-429-streams");
        }
        if (path.startsWith("/v1/evidence") && SENDS_BYTES.contains(method)) {
            describeEvidence(method, operation);
        } else if (path.startsWith("/v1/policies/")
                && !path.contains("/rehearsals")
                && method != PathItem.HttpMethod.GET) {
            problem(operation, "409", "A second person, a rehearsal or an open draft is needed", "problem-409-policy");
            problem(operation, "412", "Somebody has changed it meanwhile", "problem-412-policy");
            problem(operation, "422", "The policy has mistakes; errors names each", "problem-422-policy");
            if (method == PathItem.HttpMethod.PUT) {
                problem(operation, "428", "If-Match is missing", "problem-428-policy");
            }
        } else if (isCommand(operation)) {
            problem(
                    operation,
                    "409",
                    "The status does not allow it: the allowed commands are named. Or what the command itself asks for is not so",
                    "problem-409-move");
            problem(operation, "412", "It has changed meanwhile: what it is now, and by whom", "problem-412");
            problem(operation, "422", "The key came before with another command", "problem-422");
            problem(operation, "428", "If-Match is missing", "problem-428");
        } else if (method == PathItem.HttpMethod.POST) {
            problem(operation, "409", "Settled before", "problem-409");
        }
        problem(operation, "503", "Something that is needed does not answer; see Retry-After", "problem-503");
    }

    private static void describeEvidence(PathItem.HttpMethod method, Operation operation) {
        if (method == PathItem.HttpMethod.PATCH) {
            problem(operation, "409", "The part does not begin where the one before it ended", "problem-409-offset");
        }
        problem(operation, "413", "A piece may not be so large", "problem-413-evidence");
        problem(operation, "415", "Not a type of evidence, or the bytes are of another", "problem-415-evidence");
        problem(operation, "422", "The bytes are not those that were announced", "problem-422-evidence");
        problem(operation, "429", "More than one person may send within a day", "problem-429-evidence");
    }

    /** Of bytes that are no text there is none. */
    private static void addExample(String path, Operation operation, String kind, MediaType type) {
        if (kind.startsWith("text/csv")) {
            type.setExample(text(operation.getOperationId() + ".csv"));
        } else if (kind.startsWith("text/")) {
            type.setExample(text(operation.getOperationId() + ".txt"));
        } else if (!kind.equals("application/octet-stream")) {
            type.setExample(answerExample(path, operation));
        }
    }

    private static boolean isCommand(Operation operation) {
        return operation.getExtensions() != null && operation.getExtensions().containsKey(DescribeCommands.ON);
    }

    /** Commands that have no example of their own are answered by what they are on. */
    private static Object answerExample(String path, Operation operation) {
        String own = operation.getOperationId();
        if (!isCommand(operation) || new ClassPathResource("city-brain-api/examples/" + own + ".json").exists()) {
            return example(own);
        }
        Map<String, Object> answer = new LinkedHashMap<>(
                exampleMap("commanded-" + operation.getExtensions().get(DescribeCommands.ON)));
        answer.put("command", path.substring(path.lastIndexOf('/') + 1));
        return answer;
    }

    /** The answer to what goes well: 200, or 202 for what has only begun. */
    private static ApiResponse good(Operation operation) {
        return operation.getResponses().entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(operation.getOperationId() + " has no good answer"))
                .getValue();
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
                .addProperty("incident", new Schema<>().$ref("#/components/schemas/CommandedIncident"))
                .addProperty("task", new Schema<>().$ref("#/components/schemas/CommandedTask"))
                .addProperty("checkIn", new Schema<>().$ref("#/components/schemas/CommandedCheckIn"))
                .addProperty("value", string())
                .addProperty("expected", string())
                .addProperty("errors", errors())
                .addProperty("traceId", string().description("Under which the logs of all services say more"));
        problem.setTypes(Set.of("object"));
        problem.setRequired(List.of("title", "status", "detail", "instance", "reason"));
        return problem;
    }

    private static Schema<?> errors() {
        Schema<?> error = new Schema<>()
                .addProperty("path", string().description("A JSON pointer into the document"))
                .addProperty("value", new Schema<>().description("What was found there; absent where nothing is"))
                .addProperty("reason", string())
                .addProperty("expected", string());
        error.setTypes(Set.of("object"));
        Schema<Object> errors = new Schema<>();
        errors.setTypes(Set.of("array"));
        errors.setItems(error);
        errors.setDescription("Every mistake of a policy's document, up to fifty");
        return errors;
    }

    private static Schema<Object> string() {
        Schema<Object> string = new Schema<>();
        string.setTypes(Set.of("string"));
        return string;
    }

    private static String text(String name) {
        try (InputStream text = new ClassPathResource("city-brain-api/examples/" + name).getInputStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Object example(String name) {
        return exampleMap(name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> exampleMap(String name) {
        try (InputStream json = new ClassPathResource("city-brain-api/examples/" + name + ".json").getInputStream()) {
            return MessageJson.MAPPER.readValue(json, Map.class);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
