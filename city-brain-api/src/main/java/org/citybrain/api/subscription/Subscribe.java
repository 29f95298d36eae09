package org.citybrain.api.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.api.request.RequestKey;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes, shows and ends subscriptions. Everybody has their own; an administrator sees and ends those of all. */
@Component
class Subscribe {

    private static final int MOST_OF_ONE_PERSON = 50;
    private static final int MOST_LISTED = 10_000;
    private static final Duration FORMER_SECRET_STAYS_GOOD = Duration.ofHours(24);

    private final PostgresSubscriptions subscriptions;
    private final Webhooks webhooks;
    private final AuditTrail audit;
    private final Clock clock;

    Subscribe(PostgresSubscriptions subscriptions, Webhooks webhooks, AuditTrail audit, Clock clock) {
        this.subscriptions = subscriptions;
        this.webhooks = webhooks;
        this.audit = audit;
        this.clock = clock;
    }

    /** The same request again is answered as the first time, with the present secret. */
    @Transactional
    public SubscriptionMade subscribe(Person person, SubscriptionRequest request, @Nullable String key) {
        UUID id = RequestKey.id("subscription", person.name(), key);
        Subscription before = subscriptions.find(id).orElse(null);
        if (before != null) {
            return again(before, request, person);
        }
        Subscription wanted = ReadSubscription.read(id, request, person, clock.instant());
        if (wanted.url() != null) {
            webhooks.check(wanted.url());
        }
        if (subscriptions.count(person.name()) >= MOST_OF_ONE_PERSON) {
            throw Problem.refused(
                    ProblemReason.TOO_MANY_SUBSCRIPTIONS,
                    MOST_OF_ONE_PERSON + " subscriptions of one account",
                    "one to be deleted first");
        }
        if (!subscriptions.add(wanted)) {
            return again(subscriptions.find(id).orElseThrow(), request, person);
        }
        audit.write(AuditLine.done(
                "subscription.create", id, Map.of("channel", wanted.channel(), "units", wanted.units())));
        return made(wanted);
    }

    /** Read as of whom it was made by: whatever they reach, and whatever their address answers to, by now. */
    private SubscriptionMade again(Subscription there, SubscriptionRequest request, Person person) {
        Person then = new Person(person.name(), person.roles(), new UnitCode(there.reach()), there.department());
        if (!there.asksLike(ReadSubscription.read(there.id(), request, then, there.createdAt()))) {
            throw Problem.refused(
                    ProblemReason.IDEMPOTENCY_KEY_REUSED,
                    "the key of subscription " + there.id(),
                    "another Idempotency-Key");
        }
        return made(there);
    }

    List<Subscription> list(Person person) {
        return subscriptions.list(person.is(Role.ADMIN) ? null : person.name(), MOST_LISTED);
    }

    /** @throws org.springframework.web.ErrorResponseException 404 for what is another's */
    Subscription get(UUID id, Person person) {
        return subscriptions
                .find(id)
                .filter(there -> there.person().equals(person.name()) || person.is(Role.ADMIN))
                .orElseThrow(() -> Problem.notFound("subscription", id));
    }

    @Transactional
    public Subscription end(UUID id, Person person) {
        Subscription ended = get(id, person);
        subscriptions.remove(id);
        audit.write(AuditLine.done("subscription.delete", id, Map.of("of", ended.person())));
        return ended;
    }

    /** A new secret; for a day messages are signed by the former one, too, and the new one stays the same. */
    @Transactional
    public SubscriptionMade rotate(UUID id, Person person) {
        Subscription subscription = get(id, person);
        if (!subscription.person().equals(person.name()) || subscription.channel() != Channel.WEBHOOK) {
            throw Problem.notFound("webhook of the person", id);
        }
        Instant now = clock.instant();
        subscriptions
                .rotate(id, now, now.plus(FORMER_SECRET_STAYS_GOOD))
                .ifPresent(generation -> audit.write(
                        AuditLine.done("subscription.rotate-secret", id, Map.of("generation", generation))));
        return made(subscription);
    }

    private SubscriptionMade made(Subscription subscription) {
        UUID id = subscription.id();
        boolean signed = subscription.channel() == Channel.WEBHOOK;
        return new SubscriptionMade(subscription, signed ? webhooks.secret(id, subscriptions.generation(id)) : null);
    }
}
