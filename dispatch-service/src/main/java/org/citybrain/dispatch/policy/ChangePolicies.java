package org.citybrain.dispatch.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.dispatch.policy.check.CheckPolicy;
import org.citybrain.dispatch.policy.check.Mistake;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * What people do to policies: write a draft, change it, give it up, approve it. One change happens at a time, under one lock, and each
 * is in the audit trail with it. Who has written at a policy does not approve it.
 */
@Component
class ChangePolicies {

    /** Drafts are cheap, and bounded all the same. */
    private static final int MOST_OPEN = 50;

    /** Each is held in memory by every instance before its moment. */
    private static final int MOST_UPCOMING = 5;

    private static final Duration FURTHEST = Duration.ofDays(3 * 366);

    private final PostgresPolicyVersions versions;
    private final PostgresOtherPolicies otherPolicies;
    private final AuditTrail audit;
    private final Clock clock;
    private final PolicySettings settings;

    ChangePolicies(
            PostgresPolicyVersions versions,
            PostgresOtherPolicies otherPolicies,
            AuditTrail audit,
            Clock clock,
            PolicySettings settings) {
        this.versions = versions;
        this.otherPolicies = otherPolicies;
        this.audit = audit;
        this.clock = clock;
        this.settings = settings;
    }

    /** @throws PolicyRefusal with every mistake of the document */
    public void check(PolicyKind kind, JsonNode document) {
        requireValid(kind, document, clock.instant());
    }

    /** @throws PolicyRefusal if it is not valid, or there are too many drafts */
    @Transactional
    public PolicyVersion draft(
            PolicyKind kind, JsonNode document, String note, @Nullable Integer basedOn, Person author) {
        versions.lock();
        requireValid(kind, document, clock.instant());
        if (basedOn != null && versions.find(kind, basedOn).isEmpty()) {
            throw new PolicyRefusal(
                    PolicyReason.BAD_BODY,
                    "basedOn is " + basedOn,
                    basedOn.toString(),
                    "a version of the " + kind.key() + " policy");
        }
        int open = versions.countOpen(kind);
        if (open >= MOST_OPEN) {
            throw new PolicyRefusal(
                    PolicyReason.TOO_MANY_DRAFTS,
                    "there are " + open + " drafts of the " + kind.key() + " policy",
                    Integer.toString(open),
                    "fewer than " + MOST_OPEN + ": give one up first");
        }
        int version = versions.add(kind, document, note, basedOn, author.name());
        return done("draft", get(kind, version), Map.of("note", note));
    }

    /** @throws PolicyRefusal if it is no draft any more, was changed meanwhile, or is not valid */
    @Transactional
    public PolicyVersion change(
            PolicyKind kind, int version, @Nullable Integer ifMatch, JsonNode document, String note, Person author) {
        versions.lock();
        PolicyVersion before = get(kind, version);
        requireVersion(before, ifMatch);
        requireOpen(before);
        requireUnchanged(before, ifMatch);
        requireValid(kind, document, clock.instant());
        versions.change(before, document, note, author.name());
        return done("change", get(kind, version), Map.of("note", note));
    }

    /** @throws PolicyRefusal if it is or was in force, was given up before, or was changed meanwhile */
    @Transactional
    public PolicyVersion withdraw(PolicyKind kind, int version, @Nullable Integer ifMatch, Person by) {
        versions.lock();
        PolicyVersion before = get(kind, version);
        boolean isUpcoming = before.status() == PolicyStatus.APPROVED;
        if (!isUpcoming) {
            requireOpen(before);
        } else if (!by.is(Role.ADMIN) && !by.is(Role.OPERATOR)) {
            throw new PolicyRefusal(
                    PolicyReason.NOT_ALLOWED,
                    name(before) + " is approved",
                    before.status().name(),
                    "an administrator or a city operator to give it up");
        } else if (!clock.instant().plus(settings.policyLead()).isBefore(moment(before))) {
            throw new PolicyRefusal(
                    PolicyReason.NOT_OPEN,
                    name(before) + " comes into force at " + before.effectiveFrom(),
                    before.status().name(),
                    "one that has more than " + settings.policyLead().toSeconds()
                            + " s left: approve another one to replace it");
        }
        requireUnchanged(before, ifMatch);
        versions.withdraw(before, by.name());
        return done(
                "withdraw", get(kind, version), Map.of("was", before.status().name()));
    }

    /**
     * @param effectiveFrom absent, or nearer than the time that all instances need to look it up: as soon as they have
     * @throws PolicyRefusal if its author asks for it, it is not rehearsed, or does not go together with what is in force then
     */
    @Transactional
    public PolicyVersion approve(
            PolicyKind kind,
            int version,
            @Nullable Integer ifMatch,
            @Nullable Instant effectiveFrom,
            String reason,
            Person by) {
        versions.lock();
        PolicyVersion before = get(kind, version);
        requireVersion(before, ifMatch);
        requireOpen(before);
        requireUnchanged(before, ifMatch);
        if (before.authors().contains(by.name())) {
            throw new PolicyRefusal(
                    PolicyReason.SAME_PERSON,
                    by.name() + " has written at " + name(before),
                    by.name(),
                    "a second person to approve it, none of " + String.join(", ", before.authors()));
        }
        if (kind.isRehearsed() && before.status() != PolicyStatus.REHEARSED) {
            throw new PolicyRefusal(
                    PolicyReason.NOT_REHEARSED,
                    name(before) + " is a " + before.status(),
                    before.status().name(),
                    "a finished rehearsal of exactly this document that replayed something, and no rule failed");
        }
        int upcoming = versions.countUpcoming(kind);
        if (upcoming >= MOST_UPCOMING) {
            throw new PolicyRefusal(
                    PolicyReason.TOO_MANY_UPCOMING,
                    upcoming + " approved versions of the " + kind.key() + " policy wait for their moment",
                    Integer.toString(upcoming),
                    "fewer than " + MOST_UPCOMING + ": give one up first");
        }
        Instant from = moment(effectiveFrom);
        requireValid(kind, before.document(), from);
        versions.approve(before, from, by.name(), reason);
        return done("approve", get(kind, version), Map.of("reason", reason, "effectiveFrom", from.toString()));
    }

    /** What was refused is in the audit trail, though nothing was done. Outside of the transaction that was undone. */
    public void noteRefused(String what, PolicyKind kind, int version, PolicyRefusal refusal) {
        audit.write(AuditLine.refused(
                "policy." + what,
                kind.key() + "/" + version,
                refusal.reason().name(),
                Map.of("detail", String.valueOf(refusal.getMessage()))));
    }

    private Instant moment(@Nullable Instant wanted) {
        Instant now = clock.instant();
        // A little back, for clocks that are not the same.
        if (wanted != null && wanted.isBefore(now.minus(settings.policyLead()))) {
            throw new PolicyRefusal(
                    PolicyReason.BAD_MOMENT,
                    "effectiveFrom is " + wanted,
                    wanted.toString(),
                    "a moment that has not passed; it is " + now + " now");
        }
        if (wanted != null && wanted.isAfter(now.plus(FURTHEST))) {
            throw new PolicyRefusal(
                    PolicyReason.BAD_MOMENT,
                    "effectiveFrom is " + wanted,
                    wanted.toString(),
                    "a moment within three years");
        }
        Instant earliest = now.plus(settings.policyLead());
        return (wanted == null || wanted.isBefore(earliest) ? earliest : wanted).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant moment(PolicyVersion approved) {
        return approved.effectiveFrom() == null ? Instant.MIN : approved.effectiveFrom();
    }

    private void requireValid(PolicyKind kind, JsonNode document, Instant moment) {
        List<Mistake> mistakes = CheckPolicy.check(kind.key(), document, otherPolicies.at(moment));
        if (!mistakes.isEmpty()) {
            throw new PolicyRefusal(kind, mistakes);
        }
    }

    private static void requireOpen(PolicyVersion policy) {
        if (!policy.isOpenToChange()) {
            throw new PolicyRefusal(
                    PolicyReason.NOT_OPEN,
                    name(policy) + " is " + policy.status(),
                    policy.status().name(),
                    "one that is DRAFT or REHEARSED");
        }
    }

    private static void requireVersion(PolicyVersion policy, @Nullable Integer ifMatch) {
        if (ifMatch == null) {
            throw new PolicyRefusal(
                    PolicyReason.VERSION_REQUIRED,
                    "If-Match is missing",
                    null,
                    "the ETag of what was looked at, now \"" + policy.rowVersion() + "\"");
        }
    }

    private static void requireUnchanged(PolicyVersion policy, @Nullable Integer ifMatch) {
        if (ifMatch != null && ifMatch != policy.rowVersion()) {
            throw new PolicyRefusal(
                    PolicyReason.STALE_VERSION,
                    name(policy) + " was changed meanwhile",
                    "\"" + ifMatch + "\"",
                    "If-Match with its ETag of now, \"" + policy.rowVersion() + "\"");
        }
    }

    private PolicyVersion get(PolicyKind kind, int version) {
        return versions.find(kind, version)
                .orElseThrow(() -> new PolicyRefusal(
                        PolicyReason.NOT_FOUND,
                        "there is no " + kind.key() + " policy " + version,
                        Integer.toString(version),
                        "a version from the list"));
    }

    private PolicyVersion done(String what, PolicyVersion policy, Map<String, ?> detail) {
        audit.write(AuditLine.done("policy." + what, policy.kind().key() + "/" + policy.version(), detail));
        return policy;
    }

    private static String name(PolicyVersion policy) {
        return policy.kind().key() + " policy " + policy.version();
    }
}
