package org.citybrain.api.department;

/**
 * What a department gets for one summons, by the routing policy that the incident was opened with.
 *
 * @param onTime it checked in by the time that it was due
 * @param late it checked in after that
 * @param absent it did not come
 * @param ineffective added where its service was rated ineffective
 */
public record Points(int onTime, int late, int absent, int ineffective) {}
