package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Every command goes this one way; {@link DescribeCommands} describes each of them. */
@RestController
@Tag(name = CommandEndpoint.TAG)
class CommandEndpoint {

    static final String TAG = "Commands";

    /** As it stands in the description before {@link DescribeCommands} puts the commands in its place. */
    static final String DESCRIBED_PATH = "/v1/{subjects}/{id}/{command}";

    private final KnownCommands commands;
    private final ReadOrder readOrder;
    private final PassCommandOn passOn;

    CommandEndpoint(KnownCommands commands, ReadOrder readOrder, PassCommandOn passOn) {
        this.commands = commands;
        this.readOrder = readOrder;
        this.passOn = passOn;
    }

    @PostMapping(
            path = "/v1/{subjects:incidents|tasks|check-ins}/{id}/{command}",
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Commanded> command(
            @PathVariable String subjects,
            @PathVariable UUID id,
            @PathVariable String command,
            QueryParameters parameters,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = "After-Key", required = false) @Nullable String afterKey,
            @RequestBody byte[] body) {
        parameters.refuseUnknown();
        DescribedCommand known = commands.find(subjects, command)
                .orElseThrow(() -> Problem.notFound("command", subjects + "/" + command));
        return passOn.pass(id, known, readOrder.read(body, known), new SentHeaders(key, ifMatch, afterKey));
    }
}
