package org.citybrain.dispatch.publish;

import java.util.List;
import org.citybrain.messages.IncidentChanged;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of the timeline as it is published, with its place in the order.
 *
 * @param tasks those that it names
 */
record TimelineEntry(
        TimelinePosition position,
        IncidentChanged changed,
        List<ObjectNode> tasks,
        @Nullable String traceId) {}
