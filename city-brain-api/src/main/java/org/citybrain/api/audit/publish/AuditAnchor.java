package org.citybrain.api.audit.publish;

/**
 * That the trail had this head once: the message of {@code citybrain.audit-anchor.v1}.
 *
 * @param sequence of the newest line
 * @param hash that line's, 64 hexadecimal digits
 */
public record AuditAnchor(long sequence, String hash) {}
