package org.citybrain.api.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Audit", description = "What people did and who was turned away, for administrators")
class AuditEndpoint {

    private static final int LONGEST_NAME = 128;

    private final AuditQueries trail;
    private final VerifyAudit verify;

    AuditEndpoint(AuditQueries trail, VerifyAudit verify) {
        this.trail = trail;
        this.verify = verify;
    }

    @Operation(
            operationId = "listAudit",
            summary = "The audit trail, newest first",
            description = "Every command of a person and every refusal of a token, key, role or rate, by all services.")
    @Parameter(
            name = "actor",
            in = ParameterIn.QUERY,
            description = "An account's name, a gateway's source id, or `nobody`",
            schema = @Schema(type = "string", example = "city-operator"))
    @Paged
    @GetMapping("/v1/audit")
    Page<AuditEntry> list(@Parameter(hidden = true) QueryParameters parameters) {
        String actor = parameters.value(
                "actor",
                text -> {
                    if (text.isBlank() || text.length() > LONGEST_NAME || text.indexOf('\0') >= 0) {
                        throw new IllegalArgumentException();
                    }
                    return text;
                },
                "a name of 1 to " + LONGEST_NAME + " characters");
        Long before = parameters.cursor(Long::valueOf);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return trail.list(actor, before, limit);
    }

    @Operation(operationId = "verifyAudit", summary = "Whether the audit trail is whole", description = """
                    Reads every line, computes its hash again, and compares the heads that were anchored on the topic \
                    `citybrain.audit-anchor.v1`. Takes about a second for 100,000 lines.""")
    @GetMapping("/v1/audit/verification")
    AuditVerification verification(@Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return verify.verify();
    }
}
