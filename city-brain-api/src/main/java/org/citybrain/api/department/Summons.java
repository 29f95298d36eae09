package org.citybrain.api.department;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.citybrain.messages.Department;
import org.citybrain.messages.EffectivenessRating;
import org.jspecify.annotations.Nullable;

/** What the log says of one summons. */
final class Summons {

    private final LogLine whistle;
    private final Map<LogLine.Kind, LogLine> lines;

    private Summons(Map<LogLine.Kind, LogLine> lines) {
        this.whistle = Objects.requireNonNull(lines.get(LogLine.Kind.WHISTLED));
        this.lines = lines;
    }

    /**
     * Puts lines together, whatever their order and however often each comes. Lines whose whistle is not among them are left out.
     *
     * @return in the order of their whistles
     */
    static List<Summons> of(Collection<LogLine> log) {
        Map<UUID, Map<LogLine.Kind, LogLine>> byCheckIn = new LinkedHashMap<>();
        for (LogLine line : log) {
            byCheckIn
                    .computeIfAbsent(line.checkInId(), id -> new EnumMap<>(LogLine.Kind.class))
                    .merge(line.kind(), line, (one, other) -> one.sequence() <= other.sequence() ? one : other);
        }
        return byCheckIn.values().stream()
                .filter(lines -> lines.containsKey(LogLine.Kind.WHISTLED))
                .map(Summons::new)
                .sorted((one, other) -> one.place().compareTo(other.place()))
                .toList();
    }

    Place place() {
        return new Place(whistledAt(), checkInId());
    }

    UUID checkInId() {
        return whistle.checkInId();
    }

    UUID incidentId() {
        return whistle.incidentId();
    }

    String incidentNumber() {
        return whistle.incidentNumber();
    }

    Department department() {
        return whistle.facts().department();
    }

    /** The code of the unit that whistled. */
    String whistledUnit() {
        return whistle.facts().whistledUnit();
    }

    Instant whistledAt() {
        return whistle.recordedAt();
    }

    Instant dueAt() {
        return Objects.requireNonNull(whistle.facts().dueAt());
    }

    int policyVersion() {
        return Objects.requireNonNull(whistle.facts().policyVersion());
    }

    /** What the policy gives for each outcome. */
    Points possiblePoints() {
        return Objects.requireNonNull(whistle.facts().points());
    }

    @Nullable
    Instant checkedInAt() {
        LogLine line = lines.get(LogLine.Kind.CHECKED_IN);
        return line == null ? null : line.facts().at();
    }

    @Nullable
    Instant checkInRecordedAt() {
        LogLine line = lines.get(LogLine.Kind.CHECKED_IN);
        return line == null ? null : line.recordedAt();
    }

    @Nullable
    Boolean isOutsideSurroundings() {
        LogLine line = lines.get(LogLine.Kind.CHECKED_IN);
        return line == null ? null : line.facts().outsideSurroundings();
    }

    boolean isServed() {
        return lines.containsKey(LogLine.Kind.SERVED);
    }

    @Nullable
    EffectivenessRating rating() {
        LogLine line = lines.get(LogLine.Kind.RATED);
        return line == null ? null : line.facts().rating();
    }

    Outcome outcome() {
        Instant checkedInAt = checkedInAt();
        if (checkedInAt != null) {
            return checkedInAt.isAfter(dueAt()) ? Outcome.LATE : Outcome.ON_TIME;
        }
        if (lines.containsKey(LogLine.Kind.ABSENT)) {
            return Outcome.ABSENT;
        }
        return lines.containsKey(LogLine.Kind.RELEASED) ? Outcome.RELEASED : Outcome.WAITING;
    }

    /** Null where it counts nowhere. */
    @Nullable
    Integer points() {
        Points possible = possiblePoints();
        int forRating = rating() == EffectivenessRating.INEFFECTIVE ? possible.ineffective() : 0;
        return switch (outcome()) {
            case ON_TIME -> possible.onTime() + forRating;
            case LATE -> possible.late() + forRating;
            case ABSENT -> possible.absent();
            case WAITING, RELEASED -> null;
        };
    }

    /** Where it stands in the order of whistles. */
    record Place(Instant whistledAt, UUID checkInId) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byTime = whistledAt.compareTo(other.whistledAt);
            // As PostgreSQL orders ids, and as they are read.
            return byTime != 0 ? byTime : checkInId.toString().compareTo(other.checkInId.toString());
        }
    }
}
