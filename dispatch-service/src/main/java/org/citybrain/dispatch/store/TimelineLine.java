package org.citybrain.dispatch.store;

import java.util.UUID;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;

/** One line of an incident's timeline, with the incident's state after it. */
record TimelineLine(
        IncidentEventKind kind,
        int version,
        String actor,
        @Nullable UUID reportId,
        @Nullable IncidentStatus statusBefore,
        IncidentStatus statusAfter,
        Holding holding,
        int reportCount,
        String detailJson,
        @Nullable String traceId) {

    /** The status that the incident had before. */
    TimelineLine after(IncidentStatus before) {
        return new TimelineLine(
                kind, version, actor, reportId, before, statusAfter, holding, reportCount, detailJson, traceId);
    }
}
