package org.citybrain.api.overview;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.citybrain.api.running.Stored;
import org.citybrain.api.running.StoredIncident;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** A made-up history, as plain Java objects: stored as dispatch-service would have stored it, and counted by hand. */
final class History {

    private static final List<String> GRIDS = List.of(Stored.GRID, Stored.OTHER_GRID);
    private static final List<String> LEVELS = List.of("I", "II", "III", "IV");

    private final Random random;
    final List<Event> incidents = new ArrayList<>();

    /** An incident and all that happened to it. */
    record Event(
            Instant openedAt,
            String status,
            @Nullable String level,
            @Nullable String scope,
            String commandingUnit,
            List<String> grids,
            List<Task> tasks,
            List<Line> lines) {

        boolean touches(String unit) {
            return grids.stream().anyMatch(grid -> grid.startsWith(unit));
        }

        boolean isOpen() {
            return !List.of("CLOSED", "FALSE_ALARM", "MERGED").contains(status);
        }
    }

    /** When its deadlines were found missed follows from when it was answered. */
    record Task(
            String unit,
            String status,
            Instant dispatchedAt,
            Instant acknowledgeBy,
            Instant resolveBy,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant completedAt) {

        boolean missesToAcknowledge() {
            return acknowledgedAt == null || acknowledgedAt.isAfter(acknowledgeBy);
        }

        boolean missesToResolve() {
            return completedAt == null || completedAt.isAfter(resolveBy);
        }
    }

    record Line(String kind, Instant at) {}

    private History(long seed) {
        this.random = new Random(seed);
    }

    /** Incidents opened over some time, of every status, with tasks answered in time, late or not at all. */
    static History make(long seed, int count, Instant from, Duration over) {
        History history = new History(seed);
        for (int i = 0; i < count; i++) {
            Instant openedAt = from.plusMillis((long) (history.random.nextDouble() * over.toMillis()));
            history.incidents.add(history.event(openedAt));
        }
        return history;
    }

    void store(Stored stored) {
        int number = 0;
        for (Event event : incidents) {
            store(event, number++, stored);
        }
    }

    private Event event(Instant openedAt) {
        List<String> grids = random.nextInt(4) == 0 ? GRIDS : List.of(GRIDS.get(random.nextInt(2)));
        boolean everyday = random.nextBoolean();
        List<Line> lines = new ArrayList<>();
        String status = List.of("DISPATCHED", "RESOLVED", "CLOSED", "CLOSED", "FALSE_ALARM", "MERGED", "IN_PROGRESS")
                .get(random.nextInt(7));
        if (status.equals("RESOLVED") || status.equals("CLOSED")) {
            Instant resolved = openedAt.plusSeconds(random.nextInt(20_000));
            lines.add(new Line("RESOLVED", resolved));
            if (random.nextInt(3) == 0) {
                lines.add(new Line("CLOSED", resolved.plusSeconds(60)));
                lines.add(new Line("REOPENED", resolved.plusSeconds(600)));
                lines.add(new Line("RESOLVED", resolved.plusSeconds(1200)));
            }
            if (status.equals("CLOSED")) {
                lines.add(new Line("CLOSED", resolved.plusSeconds(3600)));
            }
        }
        if (status.equals("FALSE_ALARM")) {
            lines.add(new Line("MARKED_FALSE", openedAt.plusSeconds(900)));
        }
        for (String breach : List.of("ESCALATED", "SUPERVISED")) {
            if (random.nextInt(3) == 0) {
                lines.add(new Line(breach, openedAt.plusSeconds(random.nextInt(5000))));
            }
        }
        lines.add(new Line("GRADED", openedAt.plusSeconds(1)));
        String commanding = random.nextBoolean() ? "50" : grids.getFirst().substring(0, 6);
        return new Event(
                openedAt,
                status,
                everyday ? null : LEVELS.get(random.nextInt(4)),
                everyday ? "R" + (1 + random.nextInt(3)) : null,
                commanding,
                grids,
                tasks(openedAt, grids),
                lines);
    }

    private List<Task> tasks(Instant openedAt, List<String> grids) {
        List<Task> tasks = new ArrayList<>();
        for (String unit : grids.stream()
                .flatMap(grid -> new UnitCode(grid).chain().stream())
                .map(UnitCode::digits)
                .distinct()
                .toList()) {
            Instant acknowledged = random.nextInt(3) == 0 ? null : openedAt.plusSeconds(random.nextInt(400));
            Instant completed = acknowledged == null || random.nextBoolean()
                    ? null
                    : openedAt.plusSeconds(400 + random.nextInt(9000));
            tasks.add(new Task(
                    unit,
                    completed != null ? "COMPLETED" : acknowledged != null ? "ACKNOWLEDGED" : "DISPATCHED",
                    openedAt,
                    openedAt.plusSeconds(180),
                    openedAt.plusSeconds(5000),
                    acknowledged,
                    completed));
        }
        return tasks;
    }

    private static void store(Event event, int number, Stored stored) {
        StoredIncident incident = stored.incident(event.openedAt())
                .rest(number)
                .status(event.status())
                .grids(event.grids().toArray(String[]::new));
        UUID id = (event.level() == null
                        ? incident.everyday("city.street-lamp", String.valueOf(event.scope()))
                        : incident.level(event.level()))
                .store();
        stored.jdbc()
                .sql("update dispatch.incident set commanding_unit = :unit where id = :id")
                .param("unit", event.commandingUnit())
                .param("id", id)
                .update();
        event.lines().forEach(line -> line(stored, id, line.kind(), line.at(), "{}"));
        int task = 0;
        for (Task planned : event.tasks()) {
            store(planned, stored, id, task++);
        }
    }

    private static void store(Task task, Stored stored, UUID incidentId, int number) {
        UUID id = stored.task(incidentId, task.unit(), "EXECUTE", task.status(), number);
        stored.jdbc()
                .sql("""
                        update dispatch.task set acknowledge_by = :acknowledgeBy, resolve_by = :resolveBy, changed_at = :changedAt
                        where incident_id = :incident and id = :id
                        """)
                .param("acknowledgeBy", moment(task.acknowledgeBy()))
                .param("resolveBy", moment(task.resolveBy()))
                .param(
                        "changedAt",
                        task.completedAt() == null ? null : moment(task.completedAt()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("incident", incidentId)
                .param("id", id)
                .update();
        if (task.acknowledgedAt() != null) {
            Map<String, Object> state = Map.of(
                    "id", id,
                    "unitCode", task.unit(),
                    "dispatchedAt", task.dispatchedAt(),
                    "acknowledgeBy", task.acknowledgeBy());
            line(stored, incidentId, "ACKNOWLEDGED", task.acknowledgedAt(), json(Map.of("tasks", List.of(state))));
        }
        if (task.missesToAcknowledge()) {
            line(stored, incidentId, "DEADLINE_MISSED", task.acknowledgeBy(), missed("ACKNOWLEDGE", id, task.unit()));
        }
        if (task.missesToResolve()) {
            line(stored, incidentId, "DEADLINE_MISSED", task.resolveBy(), missed("RESOLVE", id, task.unit()));
        }
    }

    private static String missed(String deadline, UUID task, String unit) {
        return json(Map.of("deadline", deadline, "of", List.of(Map.of("task", task, "unitCode", unit))));
    }

    private static String json(Object value) {
        return MessageJson.MAPPER.writeValueAsString(value);
    }

    private static void line(Stored stored, UUID incidentId, String kind, Instant at, String detail) {
        stored.jdbc()
                .sql("""
                        insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_after,
                            level, commanding_unit, report_count, people_affected, area_km2, detail)
                        values (:incident, :at, :kind, 1, 'person:nobody', 'DISPATCHED', 'II', '50', 1, 1, 0, :detail::json)
                        """)
                .param("incident", incidentId)
                .param("at", moment(at))
                .param("kind", kind)
                .param("detail", detail)
                .update();
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
