/**
 * {@code /v1/check-ins}: which departments were summoned to an incident and what became of it; and what reporters and workers said of an
 * incident when it was over. Read from dispatch's views; the commands go on to dispatch-service by {@code command}.
 */
@NullMarked
package org.citybrain.api.checkin;

import org.jspecify.annotations.NullMarked;
