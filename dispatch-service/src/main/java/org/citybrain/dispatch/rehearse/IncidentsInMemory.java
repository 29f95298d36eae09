package org.citybrain.dispatch.rehearse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.OpenIncidents;

/** Open incidents while reports are put together again: in memory, for one thread, without locks. */
final class IncidentsInMemory implements OpenIncidents {

    /** Reports come up to 7 days after they were seen (domain, section 3), and a source's clock may be ahead. */
    private static final Duration LATEST_REPORT = Duration.ofDays(8);

    private final Map<Long, List<Incident>> byCell = new HashMap<>();
    private final Map<UUID, Incident> byId = new HashMap<>();
    private final Map<UUID, Instant> closedAt = new HashMap<>();
    private final Duration widest;
    private Instant now = Instant.EPOCH;

    /** @param widest the longest time in which reports belong together */
    IncidentsInMemory(Duration widest) {
        this.widest = widest;
    }

    /** Says at what moment the next reports were received. */
    void moveTo(Instant moment) {
        now = moment;
    }

    boolean holds(Incident incident) {
        return byId.containsKey(incident.id());
    }

    void add(Incident incident) {
        byId.put(incident.id(), incident);
        byCell.computeIfAbsent(incident.correlationCell(), cell -> new ArrayList<>(2))
                .add(incident);
    }

    /** From when on it took in no more reports. */
    void close(UUID incident, Instant moment) {
        closedAt.put(incident, moment);
    }

    /** Lets go of those that no report can belong to any more. */
    void forgetOld(Consumer<Incident> forgotten) {
        Instant before = now.minus(LATEST_REPORT).minus(widest);
        for (Iterator<List<Incident>> cells = byCell.values().iterator(); cells.hasNext(); ) {
            List<Incident> incidents = cells.next();
            incidents.removeIf(incident -> {
                boolean isOld = incident.lastOccurredAt().isBefore(before);
                if (isOld) {
                    forget(incident, forgotten);
                }
                return isOld;
            });
            if (incidents.isEmpty()) {
                cells.remove();
            }
        }
    }

    void forgetAll(Consumer<Incident> forgotten) {
        byId.values().forEach(forgotten);
        byId.clear();
        byCell.clear();
        closedAt.clear();
    }

    private void forget(Incident incident, Consumer<Incident> forgotten) {
        byId.remove(incident.id());
        closedAt.remove(incident.id());
        forgotten.accept(incident);
    }

    @Override
    public void lockCells(SortedSet<Long> cells) {
        // One thread alone works on these.
    }

    @Override
    public List<Candidate> list(SortedSet<Long> cells, Instant openedSince, Instant seenFrom, Instant seenTo) {
        List<Candidate> candidates = new ArrayList<>();
        for (long cell : cells) {
            for (Incident incident : byCell.getOrDefault(cell, List.of())) {
                if (!incident.openedAt().isBefore(openedSince)
                        && !incident.lastOccurredAt().isBefore(seenFrom)
                        && !incident.firstOccurredAt().isAfter(seenTo)
                        && isOpen(incident)) {
                    candidates.add(new Candidate(
                            incident.id(),
                            incident.type(),
                            incident.position(),
                            cell,
                            incident.firstOccurredAt(),
                            incident.lastOccurredAt()));
                }
            }
        }
        return candidates;
    }

    private boolean isOpen(Incident incident) {
        Instant closed = closedAt.get(incident.id());
        return closed == null || closed.isAfter(now);
    }

    @Override
    public void lock(Collection<UUID> incidents) {
        // One thread alone works on these.
    }

    @Override
    public List<Incident> read(Collection<UUID> incidents) {
        List<Incident> found = new ArrayList<>(incidents.size());
        for (UUID id : incidents) {
            Incident incident = byId.get(id);
            if (incident != null) {
                found.add(incident);
            }
        }
        return found;
    }
}
