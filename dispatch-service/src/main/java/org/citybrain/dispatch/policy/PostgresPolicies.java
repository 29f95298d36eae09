package org.citybrain.dispatch.policy;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.policy.Policies.Versioned;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.MessageJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The policies in force, kept in memory and looked up again every few seconds. */
@Component
public class PostgresPolicies {

    /** Expects the primary key of dispatch.policy. */
    private static final String IN_FORCE = """
            select version, document::text
            from dispatch.policy
            where kind = :kind and status = 'EFFECTIVE' and effective_from <= :now
            order by effective_from desc, version desc
            limit 1
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile Policies current;

    PostgresPolicies(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.current = load();
    }

    /** The policies in force now. */
    public Policies current() {
        return current;
    }

    /** Looks the policies in force up again. */
    @Scheduled(fixedDelayString = "${city-brain.dispatch.policy-refresh:5s}")
    public void refresh() {
        current = load();
    }

    private Policies load() {
        return new Policies(
                inForce(PolicyKind.GRADING, GradingPolicy.class),
                inForce(PolicyKind.ROUTING, RoutingPolicy.class),
                inForce(PolicyKind.CORRELATION, CorrelationPolicy.class),
                catalogue());
    }

    private Versioned<ItemCatalogue> catalogue() {
        Versioned<CatalogueDocument> document = inForce(PolicyKind.ITEM_CATALOGUE, CatalogueDocument.class);
        return new Versioned<>(
                document.version(), new ItemCatalogue(document.document().types()));
    }

    private <T> Versioned<T> inForce(PolicyKind kind, Class<T> documentType) {
        return jdbc.sql(IN_FORCE)
                .param("kind", kind.key())
                .param("now", Timestamp.from(clock.instant()))
                .query((row, i) -> new Versioned<>(
                        row.getInt("version"), MessageJson.MAPPER.readValue(row.getString("document"), documentType)))
                .optional()
                .orElseThrow(
                        () -> new IllegalStateException("no effective " + kind.key() + " policy in dispatch.policy"));
    }

    private record CatalogueDocument(List<ItemCatalogue.Item> types) {}
}
