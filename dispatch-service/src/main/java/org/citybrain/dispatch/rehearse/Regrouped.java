package org.citybrain.dispatch.rehearse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How a candidate would have put the reports together, as far as that is otherwise: an incident is named by the report that opens it,
 * before and after, so what is not in here is the same incident with the same reports.
 */
final class Regrouped {

    private final Map<UUID, UUID> moved = new HashMap<>();
    private final Set<UUID> touched = new HashSet<>();
    private final Map<UUID, Integer> reportCounts = new HashMap<>();
    private long reports;
    private long leftOut;
    private final Set<UUID> incidentsBefore = new HashSet<>();
    private long incidentsAfter;

    void report(UUID reportId, UUID before, UUID after, boolean openedBefore, boolean opensAfter) {
        reports++;
        if (openedBefore) {
            // More than one report of an incident says so where people have merged those that they had opened.
            incidentsBefore.add(before);
        }
        incidentsAfter += opensAfter ? 1 : 0;
        if (!before.equals(after)) {
            moved.put(reportId, after);
            touched.add(before);
            touched.add(after);
        }
    }

    void leaveOut() {
        leftOut++;
    }

    /** Nothing will be added to this incident any more. */
    void complete(UUID incident, int reportCount) {
        if (touched.contains(incident)) {
            reportCounts.put(incident, reportCount);
        }
    }

    boolean isTouched(UUID incident) {
        return touched.contains(incident);
    }

    /** The incidents, before or after, that have other reports than they had. */
    Set<UUID> touched() {
        return touched;
    }

    UUID after(UUID reportId, UUID before) {
        return moved.getOrDefault(reportId, before);
    }

    /** Whether it has all of its reports; where that is not known, it is seen at the end. */
    boolean isComplete(UUID incident, int reportCount) {
        return reportCounts.getOrDefault(incident, Integer.MAX_VALUE) == reportCount;
    }

    long reports() {
        return reports;
    }

    long leftOut() {
        return leftOut;
    }

    long incidentsBefore() {
        return incidentsBefore.size();
    }

    long incidentsAfter() {
        return incidentsAfter;
    }

    long moved() {
        return moved.size();
    }
}
