package org.citybrain.access.audit;

/** Where people's commands and security refusals are written down. */
public interface AuditTrail {

    /**
     * Adds a line. Where a transaction is open, the line is part of it: what was undone was not done. The chain is locked
     * until that transaction ends, so this is its last statement.
     */
    void write(AuditLine line);
}
