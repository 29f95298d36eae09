package org.citybrain.dispatch.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;

/** Adds lines to the timelines of incidents, beside those that a batch of reports brings. */
public interface IncidentTimeline {

    /**
     * Adds lines in this order, each with its incident's state as it is stored now: after the change, in its transaction, under the incident's
     * lock. One statement, however many lines.
     */
    void tell(List<Line> lines, Instant now);

    default void tell(Line line, Instant now) {
        tell(List.of(line), now);
    }

    /**
     * What happened to an incident.
     *
     * @param actor who ({@code person:ACCOUNT}) or which rule ({@code rule:deadline@1})
     * @param statusBefore absent: the status did not change
     * @param detail what the line is about. Tasks under {@code tasks} are told as {@code task-changed}, too
     * @param traceId of the request, where there was one
     */
    record Line(
            UUID incidentId,
            IncidentEventKind kind,
            String actor,
            @Nullable IncidentStatus statusBefore,
            Map<String, Object> detail,
            @Nullable String traceId) {

        /** A line is published as one message, which may not be larger than a megabyte. */
        private static final int MOST_TASKS = 500;

        public Line {
            // Not Map.copyOf: the line keeps this order.
            detail = new LinkedHashMap<>(detail);
        }

        public static Line of(UUID incidentId, IncidentEventKind kind, String actor, @Nullable String traceId) {
            return new Line(incidentId, kind, actor, null, Map.of(), traceId);
        }

        /** The status that the incident had before the change. */
        public Line after(IncidentStatus status) {
            return new Line(incidentId, kind, actor, status, detail, traceId);
        }

        public Line telling(String name, Object value) {
            return telling(Map.of(name, value));
        }

        public Line telling(Map<String, ?> more) {
            Map<String, Object> all = new LinkedHashMap<>(detail);
            all.putAll(more);
            return new Line(incidentId, kind, actor, statusBefore, all, traceId);
        }

        /** The same line with the state that these tasks have now; several lines where there are many tasks. */
        public List<Line> withTasks(List<TaskState> tasks) {
            List<Line> lines = new ArrayList<>();
            for (int from = 0; from == 0 || from < tasks.size(); from += MOST_TASKS) {
                lines.add(telling("tasks", tasks.subList(from, Math.min(from + MOST_TASKS, tasks.size()))));
            }
            return lines;
        }
    }
}
