package org.citybrain.intake.receive;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The parameter {@code dryRun}: only judge. Taken strictly, as a misspelt one would put a rehearsal on the topic. */
final class DryRun {

    private DryRun() {}

    static boolean isAsked(@Nullable String parameter) {
        return switch (parameter) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "the parameter dryRun: expected true or false");
        };
    }
}
