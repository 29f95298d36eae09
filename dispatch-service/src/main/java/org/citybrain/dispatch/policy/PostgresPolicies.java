package org.citybrain.dispatch.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.policy.Policies.Versioned;
import org.citybrain.dispatch.policy.check.Mistake;
import org.citybrain.dispatch.policy.check.PolicySchemas;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * The policies, kept in memory and looked up again every few seconds: what is in force, what will be, and what open incidents were
 * opened with. Each comes into force at its moment by the clock, for it was read before. A version that cannot be read leaves the one
 * before in use, and {@link PolicyHealth} and the metric {@code citybrain.dispatch.policy.unread} say so.
 */
@Component
public class PostgresPolicies {

    private static final Logger log = LoggerFactory.getLogger(PostgresPolicies.class);

    /** For so long after it was superseded a version is kept in memory: no correlation policy lets an incident take in reports for longer. */
    private static final Duration KEPT = Duration.ofDays(PolicySchemas.MOST_MERGEABLE_DAYS + 1);

    /** Older ones than that are needed when a person looks at an old incident again. */
    private static final int MOST_FORMER = 64;

    private static final String TERMS = """
            select t.kind, t.version, t.effective_from, t.superseded_at, md5(p.document::text) as digest
            from dispatch.policy_term t
            join dispatch.policy p on p.kind = t.kind and p.version = t.version
            where t.effective_from is not null
            order by t.kind, t.effective_from, t.version
            """;

    /** Expects the primary key of dispatch.policy. */
    private static final String DOCUMENT =
            "select document::text from dispatch.policy where kind = :kind and version = :version and effective_from"
                    + " is not null";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final PolicyMeters meters;
    private final Map<FormerKey, Object> former = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FormerKey, Object> eldest) {
            return size() > MOST_FORMER;
        }
    });
    private volatile PolicyTerms terms = new PolicyTerms(Map.of(), Map.of());

    PostgresPolicies(JdbcClient jdbc, Clock clock, PolicyMeters meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.meters = meters;
        refresh();
    }

    /** The policies in force now. */
    public Policies current() {
        return at(clock.instant());
    }

    /** The policies in force at a moment of the last three months, or the next. */
    public Policies at(Instant moment) {
        return terms.at(moment);
    }

    /**
     * The policies of these versions, which an incident was opened with. Those that open incidents can need are in memory; others are
     * read.
     *
     * @throws IllegalStateException if there is no such version, or it cannot be read
     */
    public Policies of(PolicyVersions versions) {
        return new Policies(
                get(PolicyKind.GRADING, versions.grading(), GradingPolicy.class),
                get(PolicyKind.ROUTING, versions.routing(), RoutingPolicy.class),
                get(PolicyKind.CORRELATION, versions.correlation(), CorrelationPolicy.class),
                get(PolicyKind.ITEM_CATALOGUE, versions.catalogue(), ItemCatalogue.class));
    }

    /**
     * Sees to it that {@link #of} has these in memory. One that cannot be read is left to the incident that needs it.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public void fetch(Set<PolicyVersions> versions) {
        for (PolicyVersions each : versions) {
            try {
                of(each);
            } catch (IllegalStateException e) {
                log.error("an incident that is decided by {} will not be: {}", each, e.getMessage());
            }
        }
    }

    /** By which rules the incidents are correlated that are open now or may be opened next. */
    public List<CorrelatedBy> correlating() {
        return terms.correlating(clock.instant());
    }

    /** Of each kind why a version that should be used is not. Empty when all is well. */
    Map<PolicyKind, String> unread() {
        return terms.unread();
    }

    /** Looks the policies up again. */
    @Scheduled(fixedDelayString = "${city-brain.dispatch.policy-refresh:5s}")
    public void refresh() {
        try {
            terms = read(terms);
        } catch (RuntimeException e) {
            meters.failed();
            throw e;
        }
        Instant now = clock.instant();
        meters.held(terms, now);
    }

    private PolicyTerms read(PolicyTerms before) {
        Instant now = clock.instant();
        Map<PolicyKind, List<Listed>> listed = new EnumMap<>(PolicyKind.class);
        for (Listed term : list()) {
            listed.computeIfAbsent(term.kind(), kind -> new ArrayList<>()).add(term);
        }
        Map<PolicyKind, List<PolicyTerm>> readable = new EnumMap<>(PolicyKind.class);
        Map<PolicyKind, String> unread = new EnumMap<>(PolicyKind.class);
        for (PolicyKind kind : PolicyKind.values()) {
            readable.put(kind, readable(listed.getOrDefault(kind, List.of()), before, now, unread));
        }
        PolicyTerms after = new PolicyTerms(readable, unread);
        for (PolicyKind kind : PolicyKind.values()) {
            if (after.findInForce(kind, now) == null) {
                throw new IllegalStateException("no effective " + kind.key() + " policy in dispatch.policy"
                        + (unread.containsKey(kind) ? " that can be read: " + unread.get(kind) : ""));
            }
        }
        unread.forEach((kind, why) -> {
            if (!why.equals(before.unread().get(kind))) {
                log.error("{}; the one before stays in use", why);
            }
        });
        return after;
    }

    /** From the newest back: all that is upcoming, in force or may be needed by open incidents, and as far back as it takes to find one. */
    private List<PolicyTerm> readable(
            List<Listed> listed, PolicyTerms before, Instant now, Map<PolicyKind, String> unread) {
        List<PolicyTerm> readable = new ArrayList<>();
        for (Listed term : listed.reversed()) {
            boolean isHeld = term.until() == null || term.until().isAfter(now.minus(KEPT));
            boolean hasOne = readable.stream().anyMatch(found -> !found.from().isAfter(now));
            if (!isHeld && hasOne) {
                break;
            }
            PolicyTerm known = before.find(term.kind(), term.version());
            if (known != null && known.digest().equals(term.digest())) {
                readable.add(new PolicyTerm(term.kind(), term.version(), term.from(), term.digest(), known.document()));
                continue;
            }
            try {
                readable.add(new PolicyTerm(
                        term.kind(),
                        term.version(),
                        term.from(),
                        term.digest(),
                        document(term.kind(), term.version())));
            } catch (Unreadable e) {
                meters.failed();
                if (!hasOne) {
                    unread.putIfAbsent(term.kind(), String.valueOf(e.getMessage()));
                }
            }
        }
        return readable.reversed();
    }

    private List<Listed> list() {
        return jdbc.sql(TERMS)
                .query((row, i) -> {
                    var until = row.getTimestamp("superseded_at");
                    return new Listed(
                            PolicyKind.find(row.getString("kind")).orElseThrow(),
                            row.getInt("version"),
                            row.getTimestamp("effective_from").toInstant(),
                            until == null ? null : until.toInstant(),
                            row.getString("digest"));
                })
                .list();
    }

    private <T> Versioned<T> get(PolicyKind kind, int version, Class<T> type) {
        PolicyTerm term = terms.find(kind, version);
        if (term != null) {
            return term.as(type);
        }
        FormerKey key = new FormerKey(kind, version);
        Object document = former.get(key);
        if (document == null) {
            document = document(kind, version);
            former.put(key, document);
        }
        return new Versioned<>(version, type.cast(document));
    }

    /** @throws Unreadable if it is no document of its kind */
    private Object document(PolicyKind kind, int version) {
        String text = jdbc.sql(DOCUMENT)
                .param("kind", kind.key())
                .param("version", version)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Unreadable(kind, version, "it was never approved", null));
        try {
            List<Mistake> mistakes = PolicySchemas.check(kind.key(), MessageJson.MAPPER.readTree(text));
            if (!mistakes.isEmpty()) {
                throw new Unreadable(kind, version, mistakes.getFirst().toString(), null);
            }
            return switch (kind) {
                case GRADING -> ReadPolicy.grading(text);
                case ROUTING -> ReadPolicy.routing(text);
                case CORRELATION -> ReadPolicy.correlation(text);
                case ITEM_CATALOGUE -> ReadPolicy.catalogue(text);
            };
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Unreadable(kind, version, String.valueOf(e.getMessage()), e);
        }
    }

    private record Listed(
            PolicyKind kind,
            int version,
            Instant from,
            @Nullable Instant until,
            String digest) {}

    private record FormerKey(PolicyKind kind, int version) {}

    private static final class Unreadable extends IllegalStateException {

        private static final long serialVersionUID = 1;

        Unreadable(PolicyKind kind, int version, String why, @Nullable Throwable cause) {
            super(kind.key() + " policy " + version + " cannot be read: " + why, cause);
        }
    }
}
