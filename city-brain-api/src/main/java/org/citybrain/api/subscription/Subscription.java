package org.citybrain.api.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told of.
 *
 * @param person the account
 * @param reach the unit of the person when they subscribed: what it does not see is not told, whatever their unit is now
 * @param levels empty: not restricted by level
 * @param types empty: of all types
 * @param status {@code DISABLED} where its webhook answered that it is gone (410)
 * @param statusReason why it is disabled; null where it is not
 */
public record Subscription(
        UUID id,
        String person,
        String reach,
        @Nullable String department,
        List<String> units,
        Set<Level> levels,
        Set<HandlingScope> scopes,
        Set<String> types,
        Set<NoticeEvent> events,
        Channel channel,
        @Nullable String url,
        Status status,
        @Nullable String statusReason,
        Instant createdAt) {

    public Subscription {
        units = List.copyOf(units);
        levels = new TreeSet<>(levels);
        scopes = new TreeSet<>(scopes);
        types = new TreeSet<>(types);
        events = new TreeSet<>(events);
    }

    /** Whether it is served. */
    public enum Status {
        ACTIVE,
        DISABLED
    }

    /** Whether the other one asks for the same in the same way. */
    boolean asksLike(Subscription other) {
        return units.equals(other.units)
                && levels.equals(other.levels)
                && scopes.equals(other.scopes)
                && types.equals(other.types)
                && events.equals(other.events)
                && channel == other.channel
                && Objects.equals(url, other.url);
    }
}
