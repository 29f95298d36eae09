package org.citybrain.dispatch.rehearse;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.policy.CorrelationPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.PolicyKind;
import org.citybrain.dispatch.policy.ReadPolicy;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Policy versions out of dispatch.policy, each read once when it is first asked for. One for each rehearsal. */
final class PostgresPolicyHistory implements PolicyHistory {

    /** Expects the primary key of dispatch.policy. */
    private static final String FIND = """
            select document::text as document, encode(sha256(convert_to(document::text, 'UTF8')), 'hex') as digest
            from dispatch.policy
            where kind = :kind and version = :version
            """;

    private final JdbcClient jdbc;
    private final Map<Integer, Optional<GradingPolicy>> grading = new ConcurrentHashMap<>();
    private final Map<Integer, Optional<RoutingPolicy>> routing = new ConcurrentHashMap<>();
    private final Map<Integer, Optional<CorrelationPolicy>> correlation = new ConcurrentHashMap<>();
    private final Map<Integer, Optional<ItemCatalogue>> catalogue = new ConcurrentHashMap<>();

    PostgresPolicyHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A version to be rehearsed; empty where there is none. */
    Optional<Candidate> findCandidate(PolicyKind kind, int version) {
        return jdbc.sql(FIND)
                .param("kind", kind.key())
                .param("version", version)
                .query((row, i) -> Candidate.read(kind, version, row.getString("digest"), row.getString("document")))
                .optional();
    }

    @Override
    public @Nullable GradingPolicy grading(int version) {
        return known(grading, PolicyKind.GRADING, version, ReadPolicy::grading);
    }

    @Override
    public @Nullable RoutingPolicy routing(int version) {
        return known(routing, PolicyKind.ROUTING, version, ReadPolicy::routing);
    }

    @Override
    public @Nullable CorrelationPolicy correlation(int version) {
        return known(correlation, PolicyKind.CORRELATION, version, ReadPolicy::correlation);
    }

    @Override
    public @Nullable ItemCatalogue catalogue(int version) {
        return known(catalogue, PolicyKind.ITEM_CATALOGUE, version, ReadPolicy::catalogue);
    }

    private <T> @Nullable T known(
            Map<Integer, Optional<T>> read, PolicyKind kind, int version, Function<String, T> parse) {
        Optional<T> policy = read.get(version);
        if (policy == null) {
            policy = jdbc.sql(FIND)
                    .param("kind", kind.key())
                    .param("version", version)
                    .query((row, i) -> parse.apply(row.getString("document")))
                    .optional();
            read.put(version, policy);
        }
        return policy.orElse(null);
    }
}
