package org.citybrain.api.task;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.api.archive.ArchiveQueries;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Tasks", description = "What each unit of the chain is to do")
class TaskEndpoint {

    private final TaskQueries tasks;
    private final ArchiveQueries archive;

    TaskEndpoint(TaskQueries tasks, ArchiveQueries archive) {
        this.tasks = tasks;
        this.archive = archive;
    }

    @Operation(
            operationId = "listTasks",
            summary = "Tasks, those of the newest incidents first; one's own, those whose deadline runs out first",
            description = """
                    Parameters that take several values may be repeated or hold them separated by commas.

                    With `mine=true` the tasks of the person's own unit, and of the department that the person serves: who has to do \
                    them by when. Beside it only `status`, `cursor` and `limit` are taken; without `status` it is `OPEN`. They come in \
                    the order of their next open deadline: to acknowledge, then to resolve; what has none comes last.""")
    @Parameter(
            name = "mine",
            in = ParameterIn.QUERY,
            description = "`true`: only the tasks of one's own unit and department",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "`OPEN` stands for all but `COMPLETED` and `RETURNED`",
            array =
                    @ArraySchema(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "OPEN",
                                                "DISPATCHED",
                                                "ACKNOWLEDGED",
                                                "IN_PROGRESS",
                                                "REPORTED_BACK",
                                                "COMPLETED",
                                                "RETURNED"
                                            })))
    @Parameter(
            name = "unit",
            in = ParameterIn.QUERY,
            description = "A unit's code: tasks of this unit and of all below it",
            schema = @Schema(type = "string", example = "500112001"))
    @Parameter(
            name = "tier",
            in = ParameterIn.QUERY,
            description = "The tier of the handling unit",
            array = @ArraySchema(schema = @Schema(implementation = Tier.class)))
    @Parameter(
            name = "role",
            in = ParameterIn.QUERY,
            array = @ArraySchema(schema = @Schema(implementation = TaskRole.class)))
    @Parameter(
            name = "department",
            in = ParameterIn.QUERY,
            description = "A department's code: its tasks only",
            schema = @Schema(type = "string", example = "500112-fire-and-rescue"))
    @Parameter(
            name = "incident",
            in = ParameterIn.QUERY,
            description = "An incident's id",
            schema = @Schema(type = "string", format = "uuid"))
    @Paged
    @GetMapping("/v1/tasks")
    Page<Task> list(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        Boolean mine = parameters.value("mine", TaskEndpoint::parseFlag, "true or false");
        return mine != null && mine
                ? tasks.list(MyTasksFilter.read(parameters, person))
                : tasks.list(TaskFilter.read(parameters));
    }

    @Operation(
            operationId = "getTask",
            summary = "One task",
            description = "The `ETag` is the version that a command on this task is decided on (`If-Match`).")
    @GetMapping("/v1/tasks/{id}")
    Task get(
            @PathVariable UUID id, @Parameter(hidden = true) QueryParameters parameters, HttpServletResponse response) {
        parameters.refuseUnknown();
        Task task = tasks.find(id).orElseThrow(() -> archive.notFound("task", id));
        response.setHeader(HttpHeaders.ETAG, "\"" + task.version() + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return task;
    }

    private static boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }
}
