package org.citybrain.api.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citybrain.api.command.CommandBatch.Item;
import org.citybrain.api.command.CommandResults.Result;
import org.citybrain.api.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/** Sends queued commands one after the other, each as if it had come alone. Whose they are is dispatch-service's to say. */
@Component
class SendQueue {

    private static final Pattern PATH =
            Pattern.compile("/v1/([a-z-]{1,20})/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})/([a-z-]{1,40})");
    /** What a header can carry: alone, such a command would not even have come through. */
    private static final Pattern HEADER = Pattern.compile("[ -~]{0,200}");

    private final KnownCommands commands;
    private final ReadOrder readOrder;
    private final PassCommandOn passOn;
    private final JsonMapper json;

    SendQueue(KnownCommands commands, ReadOrder readOrder, PassCommandOn passOn, JsonMapper json) {
        this.commands = commands;
        this.readOrder = readOrder;
        this.passOn = passOn;
        this.json = json;
    }

    List<Result> send(List<@Nullable Item> queue) {
        List<Result> results = new ArrayList<>();
        Result unreachable = null;
        for (Item item : queue) {
            Result result = unreachable != null ? unreachable : send(item);
            if (result.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
                unreachable = result;
            }
            results.add(result);
        }
        return results;
    }

    private Result send(@Nullable Item item) {
        try {
            if (item == null) {
                throw Problem.badBody("commands", "a list with null", "commands");
            }
            Matcher path = PATH.matcher(item.path() == null ? "" : item.path());
            DescribedCommand command =
                    path.matches() ? commands.find(path.group(1), path.group(3)).orElse(null) : null;
            if (command == null) {
                throw Problem.badBody(
                        "path",
                        item.path() == null ? "missing" : "no command's",
                        "the path of a command, such as /v1/tasks/{id}/acknowledge");
            }
            byte[] body =
                    item.body() == null ? "{}".getBytes(StandardCharsets.UTF_8) : json.writeValueAsBytes(item.body());
            ResponseEntity<Commanded> answer =
                    passOn.pass(UUID.fromString(path.group(2)), command, readOrder.read(body, command), headers(item));
            return new Result(
                    answer.getStatusCode().value(), answer.getHeaders().getETag(), json.valueToTree(answer.getBody()));
        } catch (ErrorResponseException refused) {
            return refused(refused);
        } catch (HttpMessageNotReadableException unreadable) {
            return refused(Problem.badBody("body", "no body of this command", "what its description says"));
        } catch (IllegalArgumentException malformed) {
            // Whatever else one item may hold: the others are still sent.
            return refused(Problem.badBody("commands", "one that cannot be sent", "a command as its description says"));
        }
    }

    private static SentHeaders headers(Item item) {
        return new SentHeaders(
                header("Idempotency-Key", item.idempotencyKey()),
                header("If-Match", item.ifMatch()),
                header("After-Key", item.afterKey()));
    }

    private static @Nullable String header(String name, @Nullable String value) {
        if (value != null && !HEADER.matcher(value).matches()) {
            throw Problem.badHeader(name, value, "up to 200 printable ASCII characters");
        }
        return value;
    }

    private Result refused(ErrorResponseException refused) {
        return new Result(
                refused.getStatusCode().value(), refused.getHeaders().getETag(), json.valueToTree(refused.getBody()));
    }
}
