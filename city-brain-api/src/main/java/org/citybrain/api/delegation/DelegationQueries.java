package org.citybrain.api.delegation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads delegations. Whose incident a person does not see, its delegations they do not see either: row-level security. */
@Component
class DelegationQueries {

    // Index: delegation_in_order; delegation_once for those of one incident
    private static final String LIST = """
            select id, incident_id, grid_code, reason, budget_yuan, manual, status, requested_at, requested_by, requested_unit,
                   decided_at, decided_by, decided_unit, decision_reason, task_id
            from dispatch.delegation_view
            where (cardinality(:statuses::text[]) = 0 or status = any(:statuses))
              and (:incidentId::uuid is null or incident_id = :incidentId)
              and (:beforeAt::timestamptz is null or (requested_at, id) < (:beforeAt, :beforeId::uuid))
            order by requested_at desc, id desc
            limit :rows
            """;

    // Index: the primary key
    private static final String ONE = """
            select id, incident_id, grid_code, reason, budget_yuan, manual, status, requested_at, requested_by, requested_unit,
                   decided_at, decided_by, decided_unit, decision_reason, task_id
            from dispatch.delegation_view
            where id = :id
            """;

    private final JdbcClient jdbc;
    private final UnitQueries units;

    DelegationQueries(JdbcClient jdbc, UnitQueries units) {
        this.jdbc = jdbc;
        this.units = units;
    }

    /** The last requested first, in two statements. */
    Page<Delegation> list(
            Set<DelegationStatus> statuses, @Nullable UUID incidentId, @Nullable Place before, int limit) {
        List<Row> rows = Row.list(jdbc.sql(LIST)
                .param("statuses", statuses.stream().map(Enum::name).toArray(String[]::new))
                .param("incidentId", incidentId)
                .param("beforeAt", before == null ? null : before.requestedAt().atOffset(ZoneOffset.UTC))
                .param("beforeId", before == null ? null : before.id())
                .param("rows", limit + 1));
        Page<Row> page = Page.of(rows, limit, row -> row.instant("requested_at") + "/" + row.text("id"));
        NamedUnits names = names(page.items());
        return page.map(row -> delegation(row, names));
    }

    Optional<Delegation> find(UUID id) {
        List<Row> rows = Row.list(jdbc.sql(ONE).param("id", id));
        NamedUnits names = names(rows);
        return rows.stream().findFirst().map(row -> delegation(row, names));
    }

    private NamedUnits names(List<Row> rows) {
        return units.names(rows.stream().map(row -> row.text("grid_code")).toList());
    }

    private static Delegation delegation(Row row, NamedUnits names) {
        Instant requestedAt = row.instant("requested_at");
        return new Delegation(
                row.uuid("id"),
                row.uuid("incident_id"),
                names.at(row.text("grid_code"), requestedAt),
                row.text("reason"),
                row.longInteger("budget_yuan"),
                row.text("manual"),
                row.constant("status", DelegationStatus.class),
                requestedAt,
                row.text("requested_by"),
                row.text("requested_unit"),
                row.findInstant("decided_at"),
                row.findText("decided_by"),
                row.findText("decided_unit"),
                row.findText("decision_reason"),
                row.findUuid("task_id"));
    }

    /** Where a delegation stands in the order of the list. */
    record Place(Instant requestedAt, UUID id) {

        static Place parse(String key) {
            String[] parts = key.split("/", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("a time and an id");
            }
            return new Place(Instant.parse(parts[0]), QueryParameters.parseUuid(parts[1]));
        }
    }
}
