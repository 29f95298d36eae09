package org.citybrain.api.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** Reads what somebody wants to be told of, and names the first thing that is wrong. Whether an address may be called is another question. */
final class ReadSubscription {

    private static final int MOST_UNITS = 20;
    private static final int MOST_TYPES = 100;
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,40}(\\.[a-z][a-z0-9-]{0,40}){1,4}");

    private ReadSubscription() {}

    /** @throws org.springframework.web.ErrorResponseException a 400 problem that names the field, or 404 for a unit that is not theirs */
    static Subscription read(UUID id, SubscriptionRequest request, Person person, Instant now) {
        UnitCode own = person.unit();
        if (own == null) {
            throw Problem.notFound("unit", "none");
        }
        Set<NoticeEvent> events = request.events();
        if (events == null || events.isEmpty()) {
            throw Problem.badBody("events", "missing", "at least one event to be told of");
        }
        Channel channel = request.channel();
        if (channel == null) {
            throw Problem.badBody("channel", "missing", "LIVE or WEBHOOK");
        }
        String url = request.url();
        if ((url != null) != (channel == Channel.WEBHOOK)) {
            throw Problem.badBody(
                    "url", url == null ? "missing" : "there", "an address with the channel WEBHOOK, none with LIVE");
        }
        return new Subscription(
                id,
                person.name(),
                own.digits(),
                person.department(),
                units(request.units(), person, own),
                orNone(request.levels()),
                orNone(request.scopes()),
                types(request.types()),
                events,
                channel,
                url,
                Subscription.Status.ACTIVE,
                null,
                now);
    }

    private static List<String> units(@Nullable List<String> given, Person person, UnitCode own) {
        if (given == null || given.isEmpty()) {
            return List.of(own.digits());
        }
        if (given.size() > MOST_UNITS) {
            throw Problem.badBody("units", given.size() + " units", "at most " + MOST_UNITS);
        }
        Set<String> units = new TreeSet<>();
        for (String text : given) {
            UnitCode unit = UnitCode.find(Objects.toString(text, ""))
                    .orElseThrow(() ->
                            Problem.badBody("units", "'" + text + "'", "a unit code of 2, 6, 9, 12, 15 or 17 digits"));
            if (!person.reaches(unit)) {
                throw Problem.notFound("unit", unit);
            }
            units.add(unit.digits());
        }
        return List.copyOf(units);
    }

    private static Set<String> types(@Nullable Set<String> given) {
        Set<String> types = orNone(given);
        if (types.size() > MOST_TYPES) {
            throw Problem.badBody("types", types.size() + " types", "at most " + MOST_TYPES);
        }
        types.stream()
                .map(Objects::toString)
                .filter(type -> !TYPE.matcher(type).matches())
                .findFirst()
                .ifPresent(wrong -> {
                    throw Problem.badBody("types", "'" + wrong + "'", "an incident type such as flood.waterlogging");
                });
        return types;
    }

    private static <T> Set<T> orNone(@Nullable Set<T> given) {
        return given == null ? Set.of() : given;
    }
}
