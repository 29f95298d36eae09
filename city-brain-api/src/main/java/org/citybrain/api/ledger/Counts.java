package org.citybrain.api.ledger;

/**
 * Reports, counted. The left end: {@code received} (records on report-received) and {@code refused} (records on
 * report-rejected). The right end: what became of them.
 *
 * @param rejected by dispatch-service, and refusals at the gate that were kept
 * @param parked waiting for a person; a retry or a discard takes them away again
 */
record Counts(
        long received,
        long refused,
        long opened,
        long merged,
        long rejected,
        long parked,
        long discarded,
        long duplicates) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    Counts plus(Counts other) {
        return new Counts(
                received + other.received,
                refused + other.refused,
                opened + other.opened,
                merged + other.merged,
                rejected + other.rejected,
                parked + other.parked,
                discarded + other.discarded,
                duplicates + other.duplicates);
    }

    long published() {
        return received + refused;
    }

    long settled() {
        return opened + merged + rejected + parked + discarded + duplicates;
    }
}
