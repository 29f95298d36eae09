package org.citybrain.intake.key;

import java.time.Clock;
import java.util.Map;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.server.ResponseStatusException;

/** Revokes a gateway's key. */
@Component
class RevokeKey {

    private final PostgresKeys stored;
    private final KnownKeys known;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RevokeKey(PostgresKeys stored, KnownKeys known, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        this.stored = stored;
        this.known = known;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * From now on it is refused: here at once, at other instances in under a second. One that has ended stays so.
     *
     * @throws ResponseStatusException 404 if the source has no such key
     */
    void revoke(String sourceId, String keyId) {
        transaction.executeWithoutResult(status -> {
            if (!stored.end(sourceId, keyId, clock.instant())) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND, "the source has no such key");
            }
            stored.countChange();
            audit.write(AuditLine.done("key.revoke", sourceId, Map.of("keyId", keyId)));
        });
        known.refresh();
    }
}
