package org.citybrain.api.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.change.ChangeCursor;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of the timeline, for those who watch.
 *
 * @param place after the whole line
 * @param visibleTo every unit that sees the incident, as row-level security has it
 * @param level null for everyday matters
 * @param incident the incident after it
 * @param tasks that it tells of, as dispatch-service wrote them
 */
record LiveLine(
        ChangeCursor place,
        Set<String> visibleTo,
        String kind,
        String type,
        @Nullable Level level,
        LiveIncident incident,
        List<JsonNode> tasks) {

    LiveLine {
        visibleTo = Set.copyOf(visibleTo);
        tasks = List.copyOf(tasks);
    }

    /** What is sent of it, in the order of ids. */
    List<LiveEvent> events() {
        List<LiveEvent> events = new ArrayList<>();
        events.add(LiveEvent.of(
                "incident",
                ChangeCursor.afterIncident(place.transaction(), place.sequence(), place.givenAt()),
                new LiveEvent.About(this, null),
                incident));
        tasks.stream()
                .sorted(Comparator.comparing(told -> told.get("id").asString()))
                .map(told -> {
                    ObjectNode task = (ObjectNode) told.deepCopy();
                    task.put("incidentId", incident.id().toString());
                    task.put("incidentVersion", incident.version());
                    return LiveEvent.of(
                            "task",
                            ChangeCursor.afterTask(
                                    place.transaction(),
                                    place.sequence(),
                                    UUID.fromString(told.get("id").asString()),
                                    place.givenAt()),
                            new LiveEvent.About(this, told.get("unitCode").asString()),
                            task);
                })
                .forEach(events::add);
        return events;
    }
}
