package org.citybrain.api.audit.publish;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.citybrain.api.audit.AuditQueries;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Every second, if the trail has grown, writes its head down outside the database. What was cut off after the last anchor
 * cannot be seen: a second's lines at most.
 */
@Component
class AnchorAudit {

    private static final Logger LOG = LoggerFactory.getLogger(AnchorAudit.class);

    private final AuditQueries trail;
    private final AuditAnchors anchors;
    private final KafkaAdmin admin;

    private @Nullable AuditAnchor last;
    private boolean prepared;
    private boolean failing;

    AnchorAudit(AuditQueries trail, AuditAnchors anchors, KafkaAdmin admin) {
        this.trail = trail;
        this.anchors = anchors;
        this.admin = admin;
    }

    /** An outage is logged when it begins and when it ends, not every second. */
    @Scheduled(
            initialDelayString = "${city-brain.api.audit.anchor-every:1s}",
            fixedDelayString = "${city-brain.api.audit.anchor-every:1s}")
    void anchor() throws InterruptedException {
        try {
            if (!prepared) {
                admin.initialize();
                prepared = true;
            }
            AuditAnchor head = trail.findHead().orElse(null);
            if (head != null && !head.equals(last)) {
                anchors.add(head);
                last = head;
            }
            if (failing) {
                LOG.info("The audit trail is anchored again");
            }
            failing = false;
        } catch (DataAccessException | KafkaException | ExecutionException | TimeoutException failure) {
            if (!failing) {
                LOG.warn("The audit trail cannot be anchored; trying again every second: {}", failure.getMessage());
            }
            failing = true;
        }
    }
}
