package org.citybrain.local.simulate.month;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.citybrain.access.Person;
import org.citybrain.access.SignedIn;
import org.citybrain.dispatch.command.CommandEndpoint;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.local.simulate.Place;
import org.citybrain.local.simulate.month.MonthQueries.IncidentNow;
import org.citybrain.local.simulate.month.MonthQueries.TaskNow;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** Gives commands as made-up people, each with a key of its own and the version that is seen just before. */
final class ActAsPerson {

    private static final String REASON = "{\"reason\": \"made up\"}";

    private final CommandEndpoint commands;
    private final AtomicLong keys = new AtomicLong();
    private final Map<String, Long> done = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();

    ActAsPerson(CommandEndpoint commands) {
        this.commands = commands;
    }

    /** @return why it was refused; absent where it was done */
    @Nullable
    String onTask(Person person, UUID task, Deed deed, TaskNow seen) {
        return act(person, "tasks", task, deed, seen.version(), REASON);
    }

    /** The same on an incident. */
    @Nullable
    String onIncident(Person person, UUID incident, Deed deed, IncidentNow seen, boolean force) {
        String body = switch (deed) {
            case REPORT_SITUATION -> "{\"text\": \"made up: it goes on\"}";
            case EASE -> "{\"reason\": \"made up\", \"level\": \"III\"}";
            case WORSEN -> "{\"reason\": \"made up\", \"level\": \"II\"}";
            default -> force ? "{\"reason\": \"made up\", \"force\": true}" : REASON;
        };
        return act(person, "incidents", incident, deed, seen.version(), body);
    }

    /** Whistles for these departments. */
    void whistle(Person person, UUID incident, List<String> departments, IncidentNow seen) {
        String body = departments.stream()
                .collect(Collectors.joining("\", \"", "{\"reason\": \"made up\", \"departments\": [\"", "\"]}"));
        act(person, "incidents", incident, Deed.WHISTLE, seen.version(), body);
    }

    /**
     * Checks in.
     *
     * @param at when the person was there, by their own clock
     */
    void checkIn(Person person, UUID checkIn, Place place, Instant at, int version) {
        String body = """
                {"location": {"longitude": %s, "latitude": %s, "datum": "WGS84"}, "at": "%s"}""".formatted(place.longitude(), place.latitude(), at);
        act(person, "check-ins", checkIn, Deed.CHECK_IN, version, body);
    }

    void serve(Person person, UUID checkIn, int version) {
        act(person, "check-ins", checkIn, Deed.SERVE, version, "{\"text\": \"made up: done\"}");
    }

    void rate(Person person, UUID checkIn, boolean effective, int version) {
        String body = "{\"reason\": \"made up\", \"rating\": \"" + (effective ? "EFFECTIVE" : "INEFFECTIVE") + "\"}";
        act(person, "check-ins", checkIn, Deed.RATE, version, body);
    }

    synchronized Map<String, Long> done() {
        return new TreeMap<>(done);
    }

    synchronized Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }

    private @Nullable String act(Person person, String on, UUID id, Deed deed, int version, String body) {
        SecurityContextHolder.setContext(new SecurityContextImpl(new SignedIn(person, "")));
        try {
            String key = "month-" + keys.incrementAndGet();
            commands.command(on, id, deed.command(), key, "\"" + version + "\"", null, body);
            count(done, deed.command());
            return null;
        } catch (CommandRefused refusal) {
            count(refused, deed.command() + " " + refusal.reason());
            return refusal.reason();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private synchronized void count(Map<String, Long> counts, String name) {
        counts.merge(name, 1L, Long::sum);
    }
}
