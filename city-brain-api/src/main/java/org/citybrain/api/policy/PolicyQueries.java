package org.citybrain.api.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PolicyQueries {

    // Index: the primary key of dispatch.policy; the versions of a kind are few
    private static final String LIST = """
            select kind, version, status, note, based_on, array_to_json(authors)::text as authors, created_at, changed_at, rehearsed_at,
                   approved_by, approved_at, approval_reason, effective_from, superseded_at, withdrawn_by, withdrawn_at
            from dispatch.policy_view
            where kind = :kind
              and (cardinality(:statuses::text[]) = 0 or status = any(:statuses))
              and (:before::integer is null or version < :before)
            order by version desc
            limit :rows
            """;

    private static final String ONE = """
            select kind, version, status, note, based_on, array_to_json(authors)::text as authors, created_at, changed_at, rehearsed_at,
                   approved_by, approved_at, approval_reason, effective_from, superseded_at, withdrawn_by, withdrawn_at, row_version,
                   document::text as document
            from dispatch.policy_view
            where kind = :kind and version = :version
            """;

    private final JdbcClient jdbc;

    PolicyQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest version first. */
    Page<PolicySummary> list(String kind, Set<PolicyStatus> statuses, @Nullable Integer before, int limit) {
        List<Row> rows = Row.list(jdbc.sql(LIST)
                .param("kind", kind)
                .param("statuses", statuses.stream().map(Enum::name).toArray(String[]::new))
                .param("before", before)
                .param("rows", limit + 1));
        return Page.of(rows, limit, row -> row.text("version")).map(PolicyQueries::summary);
    }

    Optional<Found> find(String kind, int version) {
        return Row.list(jdbc.sql(ONE).param("kind", kind).param("version", version)).stream()
                .findFirst()
                .map(row -> new Found(new Policy(summary(row), row.json("document")), row.integer("row_version")));
    }

    private static PolicySummary summary(Row row) {
        return new PolicySummary(
                row.text("kind"),
                row.integer("version"),
                row.constant("status", PolicyStatus.class),
                row.text("note"),
                row.findText("based_on") == null ? null : row.integer("based_on"),
                row.json("authors")
                        .valueStream()
                        .map(author -> author.asString())
                        .toList(),
                row.instant("created_at"),
                row.findInstant("changed_at"),
                row.findInstant("rehearsed_at"),
                row.findText("approved_by"),
                row.findInstant("approved_at"),
                row.findText("approval_reason"),
                row.findInstant("effective_from"),
                row.findInstant("superseded_at"),
                row.findText("withdrawn_by"),
                row.findInstant("withdrawn_at"));
    }

    /** @param rowVersion moves with every change: the ETag */
    record Found(Policy policy, int rowVersion) {}
}
