/**
 * Puts verdicts of {@code admit} on Kafka: admitted reports go to {@code citybrain.report-received.v1}, where
 * dispatch-service takes over; refusals to {@code citybrain.report-rejected.v1}. Both come back to {@code consume}, which
 * keeps the account.
 */
@NullMarked
package org.citybrain.intake.publish;

import org.jspecify.annotations.NullMarked;
