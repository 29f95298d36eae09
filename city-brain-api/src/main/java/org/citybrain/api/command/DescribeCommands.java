package org.citybrain.api.command;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citybrain.access.command.SubjectKind;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocAnnotationsUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Describes each command as a path of its own, in the place of the one path that takes them all. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class DescribeCommands implements OpenApiCustomizer {

    /** Of an operation: the kind of thing that the command is on. */
    public static final String ON = "x-command-on";

    private final KnownCommands commands;

    DescribeCommands(KnownCommands commands) {
        this.commands = commands;
    }

    @Override
    public void customise(OpenAPI api) {
        PathItem all = api.getPaths().remove(CommandEndpoint.DESCRIBED_PATH);
        if (all == null) {
            throw new IllegalStateException("no " + CommandEndpoint.DESCRIBED_PATH + " among "
                    + api.getPaths().keySet());
        }
        ApiResponse answered = all.getPost().getResponses().get("200");
        if (answered == null) {
            throw new IllegalStateException("a command is answered with 200");
        }
        Content answer = answered.getContent();
        for (DescribedCommand command : commands.all()) {
            SubjectKind on = command.command().subject();
            api.path(
                    "/v1/" + on.path() + "/{id}/" + command.command().path(),
                    new PathItem().post(operation(command, on, answer, body(command, api))));
        }
    }

    private static Operation operation(DescribedCommand command, SubjectKind on, Content answer, Schema<?> body) {
        String roles =
                command.command().roles().stream().map(role -> "`" + role + "`").collect(Collectors.joining(", "));
        return new Operation()
                .addTagsItem(on == SubjectKind.INCIDENT ? "Incidents" : on == SubjectKind.TASK ? "Tasks" : "Check-ins")
                .operationId(command.operationId())
                .summary(command.summary())
                .description("%s For %s: %s."
                        .formatted(
                                command.description(),
                                roles,
                                command.command().right().who()))
                .parameters(List.of(
                        new Parameter().in("path").name("id").required(true).schema(string().format("uuid")),
                        new Parameter()
                                .in("header")
                                .name("Idempotency-Key")
                                .required(true)
                                .description(
                                        "A UUID, or 1 to 128 printable characters: the same command sent again with the same key within 7 days gets the same answer and does nothing")
                                .schema(string().minLength(1).maxLength(128)),
                        new Parameter()
                                .in("header")
                                .name("If-Match")
                                .description(
                                        "The `ETag` of the %s: the version that this is decided on. Needed where there is no `After-Key`"
                                                .formatted(on.noun()
                                                        .replace('-', ' ')
                                                        .toLowerCase(Locale.ROOT)))
                                .schema(string().example("\"2\"")),
                        new Parameter()
                                .in("header")
                                .name("After-Key")
                                .description(
                                        "In the place of `If-Match`: the key of an earlier command of the same person on the same thing; the version that it left is the one that this is decided on")
                                .schema(string().minLength(1).maxLength(128))))
                .extensions(Map.of(ON, on.field()))
                .requestBody(new RequestBody()
                        .required(true)
                        .content(new Content().addMediaType("application/json", new MediaType().schema(body))))
                .responses(new ApiResponses().addApiResponse("200", new ApiResponse().content(copy(answer))));
    }

    private static Schema<?> body(DescribedCommand command, OpenAPI api) {
        return SpringDocAnnotationsUtils.extractSchema(
                api.getComponents(), command.body(), null, new Annotation[0], SpecVersion.V31);
    }

    /** Each operation has an example of its own. */
    private static Content copy(Content answer) {
        Content copy = new Content();
        answer.forEach((kind, type) -> copy.addMediaType(kind, new MediaType().schema(type.getSchema())));
        return copy;
    }

    private static Schema<Object> string() {
        Schema<Object> string = new Schema<>();
        string.setTypes(Set.of("string"));
        return string;
    }
}
