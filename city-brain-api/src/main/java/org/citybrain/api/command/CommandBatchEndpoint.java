package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Tasks")
class CommandBatchEndpoint {

    private final SendQueue sendQueue;

    CommandBatchEndpoint(SendQueue sendQueue) {
        this.sendQueue = sendQueue;
    }

    @Operation(operationId = "sendCommands", summary = "A phone's queue of commands", description = """
                    Up to 500 commands, carried out in their order, each as if it had been sent alone and with a result of its own: one that \
                    is refused does not stop the others. A command that was decided on what an earlier one of the queue would leave names \
                    the key of that one as `afterKey` in the place of `ifMatch`, also where that was sent in another batch; where that was \
                    refused, it is refused with 409 `PREVIOUS_NOT_DONE`. So the whole queue can be sent again, in any grouping, as often as \
                    the network asks for it. Where dispatch-service does not answer, the rest is not tried: each has 503.""")
    @PostMapping("/v1/commands/batch")
    CommandResults send(@Parameter(hidden = true) QueryParameters parameters, @RequestBody CommandBatch batch) {
        parameters.refuseUnknown();
        List<CommandBatch.@Nullable Item> commands = batch.commands();
        if (commands == null || commands.isEmpty() || commands.size() > CommandBatch.MOST) {
            throw Problem.badBody(
                    "commands",
                    commands == null ? "missing" : commands.size() + " items long",
                    "1 to " + CommandBatch.MOST + " commands");
        }
        return new CommandResults(sendQueue.send(commands));
    }
}
