package org.citybrain.local.identity;

import com.nimbusds.jose.JOSEException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.Map;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.local.identity.Problem.Reason;
import org.citybrain.local.identity.SigningKeys.TooManyKeys;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/keys")
@Tag(name = "keys", description = "The keys that sign tokens. For ADMIN.")
class KeyEndpoint {

    private final SigningKeys keys;
    private final AuditTrail audit;

    KeyEndpoint(SigningKeys keys, AuditTrail audit) {
        this.keys = keys;
        this.audit = audit;
    }

    record Rotation(String keyId) {}

    @PostMapping("/rotations")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Signs with a new key from now on", description = """
            The key before it is published until every token that it signed has expired: nobody has to sign in again.""")
    Rotation rotate() throws IOException, JOSEException {
        try {
            String keyId = keys.rotate();
            audit.write(AuditLine.done("key.rotate", keyId, Map.of()));
            return new Rotation(keyId);
        } catch (TooManyKeys tooMany) {
            throw Problem.of(
                    Reason.TOO_MANY_KEYS,
                    "the keys before the last few are still needed",
                    null,
                    "fewer rotations in " + SigningKeys.PUBLISHED_AFTER_REPLACEMENT.toMinutes() + " minutes");
        }
    }
}
