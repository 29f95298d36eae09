package org.citybrain.api.audit;

import java.util.List;
import java.util.Optional;
import org.citybrain.api.audit.publish.AuditAnchor;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the audit trail. */
@Component
public class AuditQueries {

    private static final String COLUMNS = """
            select sequence, recorded_at, service, actor, roles, unit, action, object, origin, result, detail, trace_id,
                   encode(hash, 'hex') as hash
            from audit.line_view
            """;

    // Index: the primary key backwards; audit_line_by_actor
    private static final String LIST = COLUMNS + """
            where (:actor::text is null or actor = :actor) and (:before::bigint is null or sequence < :before)
            order by sequence desc
            limit :rows
            """;

    // Index: the primary key
    private static final String NEXT = COLUMNS + """
            where sequence > :after
            order by sequence
            limit :rows
            """;

    // Index: the primary key backwards
    private static final String HEAD = """
            select sequence, encode(hash, 'hex') as hash from audit.line_view order by sequence desc limit 1
            """;

    private final JdbcClient jdbc;

    AuditQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first. */
    Page<AuditEntry> list(@Nullable String actor, @Nullable Long before, int limit) {
        List<Row> rows = Row.list(
                jdbc.sql(LIST).param("actor", actor).param("before", before).param("rows", limit + 1));
        return Page.of(rows, limit, row -> row.text("sequence")).map(AuditQueries::entry);
    }

    /** The lines that follow, the oldest first. */
    List<AuditEntry> listAfter(long sequence, int most) {
        return Row.list(jdbc.sql(NEXT).param("after", sequence).param("rows", most)).stream()
                .map(AuditQueries::entry)
                .toList();
    }

    /** The newest line, if there is any. */
    public Optional<AuditAnchor> findHead() {
        return Row.list(jdbc.sql(HEAD)).stream()
                .findFirst()
                .map(row -> new AuditAnchor(row.longInteger("sequence"), row.text("hash")));
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.longInteger("sequence"),
                row.instant("recorded_at"),
                row.text("service"),
                row.text("actor"),
                row.text("roles"),
                row.findText("unit"),
                row.text("action"),
                row.text("object"),
                row.findText("origin"),
                row.text("result"),
                row.text("detail"),
                row.findText("trace_id"),
                row.text("hash"));
    }
}
