package org.citybrain.dispatch.policy;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.citybrain.dispatch.policy.check.OtherPolicies;
import org.citybrain.dispatch.policy.check.OtherPolicies.InForce;
import org.citybrain.messages.MessageJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a policy must go together with, from the database: the other policies, open incidents, registered sources. */
@Component
class PostgresOtherPolicies {

    private static final String IN_FORCE = """
            select t.kind, t.version, p.document::text as document
            from dispatch.policy_term t
            join dispatch.policy p on p.kind = t.kind and p.version = t.version
            where t.kind in ('item-catalogue', 'grading', 'correlation')
              and t.effective_from <= :moment
              and (t.superseded_at is null or t.superseded_at > :moment)
            """;

    /** Asked only when a catalogue leaves types out: reads the open incidents once. */
    private static final String OPEN_INCIDENTS = """
            select type, count(*) as incidents
            from dispatch.incident
            where closed_at is null and type = any (:types)
            group by type
            """;

    private static final String SOURCES = """
            select type, min(source_id) as source, count(*) as sources
            from intake.source_view
            cross join unnest(types) as type
            where type = any (:types)
            group by type
            """;

    private final JdbcClient jdbc;

    PostgresOtherPolicies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of this moment. */
    OtherPolicies at(Instant moment) {
        Map<String, InForce> inForce = new HashMap<>();
        jdbc.sql(IN_FORCE).param("moment", Timestamp.from(moment)).query(row -> {
            inForce.put(
                    row.getString("kind"),
                    new InForce(row.getInt("version"), MessageJson.MAPPER.readTree(row.getString("document"))));
        });
        return new OtherPolicies(
                get(inForce, PolicyKind.ITEM_CATALOGUE),
                get(inForce, PolicyKind.GRADING),
                get(inForce, PolicyKind.CORRELATION),
                this::usedTypes);
    }

    private static InForce get(Map<String, InForce> inForce, PolicyKind kind) {
        InForce found = inForce.get(kind.key());
        if (found == null) {
            throw new IllegalStateException("no effective " + kind.key() + " policy in dispatch.policy");
        }
        return found;
    }

    private Map<String, String> usedTypes(Collection<String> types) {
        Map<String, String> used = new TreeMap<>();
        String[] asked = types.toArray(String[]::new);
        jdbc.sql(OPEN_INCIDENTS).param("types", asked).query(row -> {
            used.put(row.getString("type"), row.getLong("incidents") + " open incidents");
        });
        jdbc.sql(SOURCES).param("types", asked).query(row -> {
            String sources = row.getLong("sources") + " registered sources, such as " + row.getString("source");
            used.merge(row.getString("type"), sources, (one, other) -> one + " and " + other);
        });
        return used;
    }
}
