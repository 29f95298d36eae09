package org.citybrain.dispatch.correlate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * Identifiers that derive from what they name, so that a batch that is processed again gives the same ones. They are UUIDs of version
 * 8 (RFC 9562): 48 bits of milliseconds, then bits of a SHA-256. The time is the partition key and keeps new keys at the right edge of
 * every index.
 */
public final class IncidentId {

    private static final long TIME_MASK = 0xFFFF_FFFF_FFFF_0000L;
    private static final int TIME_SHIFT = 16;

    private IncidentId() {}

    /** The incident that this report opens. */
    public static UUID ofIncident(Instant openedAt, UUID openingReportId) {
        return derived(openedAt.toEpochMilli() << TIME_SHIFT, "incident:" + openingReportId);
    }

    /** The incident that a person makes of reports of another one, as it was at this version; the first of them gives it its time. */
    public static UUID ofSplit(Instant openedAt, UUID firstReportId, UUID splitFrom, int version) {
        return derived(
                openedAt.toEpochMilli() << TIME_SHIFT, "split:" + splitFrom + ":" + version + ":" + firstReportId);
    }

    /** The task of this unit in this incident: it begins with the same time as the incident's id. */
    public static UUID ofTask(UUID incidentId, String unitCode) {
        return derived(incidentId.getMostSignificantBits() & TIME_MASK, "task:" + incidentId + ":" + unitCode);
    }

    /** The task of this department, serving this unit, in this incident. */
    public static UUID ofTask(UUID incidentId, String unitCode, String departmentCode) {
        return derived(
                incidentId.getMostSignificantBits() & TIME_MASK,
                "task:" + incidentId + ":" + unitCode + ":" + departmentCode);
    }

    /** The summons of this department to this incident, the how many-th it is. */
    public static UUID ofCheckIn(UUID incidentId, String departmentCode, int round) {
        return derived(
                incidentId.getMostSignificantBits() & TIME_MASK,
                "check-in:" + incidentId + ":" + departmentCode + ":" + round);
    }

    /** The parked record of this place on a topic. */
    public static UUID ofParked(Instant receivedAt, String topic, int partition, long offset) {
        return derived(receivedAt.toEpochMilli() << TIME_SHIFT, "parked:" + topic + ":" + partition + ":" + offset);
    }

    /**
     * The advisory lock under which an incident is read and written. Incidents' locks are negative and cells' are not, so no incident
     * shares a lock with a cell.
     */
    public static long lockKey(UUID incident) {
        return (incident.getMostSignificantBits() ^ incident.getLeastSignificantBits()) | Long.MIN_VALUE;
    }

    private static UUID derived(long timeBits, String name) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(name));
        long high = (timeBits & TIME_MASK) | 0x8000L | (digest.getLong() & 0x0FFFL);
        long low = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] sha256(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
