package org.citybrain.dispatch.publish;

import org.citybrain.messages.IncidentChanged;
import org.jspecify.annotations.Nullable;

/** A line of the timeline as it is published, with its place in the order. */
record TimelineEntry(
        TimelinePosition position,
        IncidentChanged changed,
        @Nullable String traceId) {}
