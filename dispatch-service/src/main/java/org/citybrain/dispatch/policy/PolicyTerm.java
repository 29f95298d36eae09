package org.citybrain.dispatch.policy;

import java.time.Instant;

/**
 * A version of a policy that was read, and from when on it is in force: until the next one of its kind.
 *
 * @param digest of the document, as the database tells it
 * @param document as the evaluators take it
 */
record PolicyTerm(PolicyKind kind, int version, Instant from, String digest, Object document) {

    <T> Policies.Versioned<T> as(Class<T> type) {
        return new Policies.Versioned<>(version, type.cast(document));
    }
}
