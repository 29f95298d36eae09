package org.citybrain.intake.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.server.ResponseStatusException;

/** Issues a gateway's new key. */
@Component
class IssueKey {

    /** Two are needed while one follows the other; more only mean that old ones were forgotten. */
    static final int MOST_GOOD_KEYS = 10;

    private final PostgresKeys stored;
    private final KnownKeys known;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    IssueKey(PostgresKeys stored, KnownKeys known, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        this.stored = stored;
        this.known = known;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Issues one. It is good at this instance at once, at others within half a second.
     *
     * @param overlap how long the source's older keys go on being good; null leaves them as they are
     * @throws ResponseStatusException 404 if there is no such source, 409 if it has too many good keys
     */
    IssuedKey issue(String sourceId, @Nullable Duration overlap) {
        KeyText key = KeyText.random();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        transaction.executeWithoutResult(status -> {
            if (!stored.lockSource(sourceId)) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such source is registered");
            }
            if (overlap != null) {
                stored.endAllOf(sourceId, now.plus(overlap));
            }
            if (stored.countGoodOf(sourceId, now) >= MOST_GOOD_KEYS) {
                throw new ResponseStatusException(
                        HttpStatus.CONFLICT,
                        "the source has " + MOST_GOOD_KEYS + " good keys: expected one of them to be revoked first");
            }
            stored.save(key.keyId(), sourceId, key.hash(), now);
            stored.countChange();
            audit.write(AuditLine.done(
                    "key.issue",
                    sourceId,
                    Map.of("keyId", key.keyId(), "overlap", overlap == null ? "none" : overlap.toString())));
        });
        known.refresh();
        return new IssuedKey(key.keyId(), key.reveal(), sourceId, now);
    }
}
