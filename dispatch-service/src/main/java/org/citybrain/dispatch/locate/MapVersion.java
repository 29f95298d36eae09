package org.citybrain.dispatch.locate;

import java.time.Instant;

/**
 * A version of the governance map.
 *
 * @param id what decisions name it by
 * @param effectiveFrom from when it holds
 */
record MapVersion(long id, Instant effectiveFrom) {}
