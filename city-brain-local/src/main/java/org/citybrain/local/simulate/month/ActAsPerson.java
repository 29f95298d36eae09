package org.citybrain.local.simulate.month;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.citybrain.access.Person;
import org.citybrain.access.SignedIn;
import org.citybrain.dispatch.command.CommandEndpoint;
import org.citybrain.dispatch.command.CommandRefused;
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
        String body = deed == Deed.REPORT_SITUATION
                ? "{\"text\": \"made up: it goes on\"}"
                : force ? "{\"reason\": \"made up\", \"force\": true}" : REASON;
        return act(person, "incidents", incident, deed, seen.version(), body);
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
