package org.citybrain.grid.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The departments. Each change and its audit line are one transaction. */
@Repository
class PostgresDepartments {

    // Index: the primary key
    private static final String LIST = """
            select code, name, unit_code
            from grid.department
            where starts_with(unit_code, :unit) and code > :after
            order by code
            limit :rows
            """;

    private static final String ONE =
            "select code, name, unit_code from grid.department where code = :code and starts_with(unit_code, :reach)";

    private static final String PUT = """
            insert into grid.department (code, name, unit_code, provenance, updated_at)
            values (:code, :name, :unit, 'REGISTERED', :now)
            on conflict (code) do update
            set name = excluded.name, unit_code = excluded.unit_code, provenance = excluded.provenance,
                updated_at = excluded.updated_at
            """;

    private static final String REMOVE =
            "delete from grid.department where code = :code and starts_with(unit_code, :reach)";

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    PostgresDepartments(JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those of a unit's subtree, in the order of their codes. */
    List<Department> list(UnitCode unit, @Nullable String after, int rows) {
        return jdbc.sql(LIST)
                .param("unit", unit.digits())
                .param("after", after == null ? "" : after)
                .param("rows", rows)
                .query(PostgresDepartments::department)
                .list();
    }

    Optional<Department> find(String code, UnitCode reach) {
        return jdbc.sql(ONE)
                .param("code", code)
                .param("reach", reach.digits())
                .query(PostgresDepartments::department)
                .optional();
    }

    @Transactional
    public void put(Department department) {
        jdbc.sql(PUT)
                .param("code", department.code())
                .param("name", department.name())
                .param("unit", department.unit().digits())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        audit.write(AuditLine.done(
                "department.put",
                department.code(),
                Map.of("name", department.name(), "unit", department.unit().digits())));
    }

    /**
     * @return whether it was there
     * @throws RequestProblem {@code DEPARTMENT_IN_USE} if it answers for an area, or ever did: the area's history names it
     */
    @Transactional
    public boolean remove(String code, UnitCode reach) {
        int removed;
        try {
            removed = jdbc.sql(REMOVE)
                    .param("code", code)
                    .param("reach", reach.digits())
                    .update();
        } catch (DataIntegrityViolationException named) {
            throw new RequestProblem(
                    ProblemReason.DEPARTMENT_IN_USE,
                    "code",
                    code,
                    "a department that answers for no area and never did: see /v1/responsibility-areas?department="
                            + code);
        }
        if (removed == 1) {
            audit.write(AuditLine.done("department.remove", code, Map.of()));
        }
        return removed == 1;
    }

    private static Department department(ResultSet row, int number) throws SQLException {
        return new Department(row.getString("code"), row.getString("name"), new UnitCode(row.getString("unit_code")));
    }
}
