package org.citybrain.grid.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rosters. Each change, the number that tells dispatch-service of it and its audit line are one transaction. */
@Repository
class PostgresStaff {

    /** Index: the primary key, walked from the cursor on. */
    private static final String LIST_OF_CITY = """
            select account, unit_code, duty, shift_starts, shift_ends
            from grid.staff
            where starts_with(unit_code, :unit) and account > :after
            order by account
            limit :rows
            """;

    /**
     * Index: staff_by_unit, for the whole of the unit; of a district's few thousand the page is then sorted out. Walking the
     * primary key would read the city's accounts to find a street's. Codes are digits alone: the same in every collation.
     */
    static final String LIST_OF_UNIT = """
            with of_unit as materialized (
                select account, unit_code, duty, shift_starts, shift_ends
                from grid.staff
                where unit_code >= :unit and unit_code <= :unit || '99999999999999999')
            select account, unit_code, duty, shift_starts, shift_ends
            from of_unit
            where account > :after
            order by account
            limit :rows
            """;

    private static final String ONE = """
            select account, unit_code, duty, shift_starts, shift_ends
            from grid.staff
            where account = :account and starts_with(unit_code, :reach)
            """;

    private static final String PUT = """
            insert into grid.staff (account, unit_code, duty, shift_starts, shift_ends, provenance)
            values (:account, :unit, :duty, :starts, :ends, 'REGISTERED')
            on conflict (account) do update
            set unit_code = excluded.unit_code, duty = excluded.duty, shift_starts = excluded.shift_starts,
                shift_ends = excluded.shift_ends, provenance = excluded.provenance
            """;

    private static final String REMOVE =
            "delete from grid.staff where account = :account and starts_with(unit_code, :reach)";

    private static final String COUNT_CHANGE = "update grid.roster_change set number = number + 1";

    private final JdbcClient jdbc;
    private final AuditTrail audit;

    PostgresStaff(JdbcClient jdbc, AuditTrail audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** Those of a unit's subtree, in the order of their accounts. */
    List<StaffMember> list(UnitCode unit, @Nullable String after, int rows) {
        return jdbc.sql(unit.tier() == Tier.CITY ? LIST_OF_CITY : LIST_OF_UNIT)
                .param("unit", unit.digits())
                .param("after", after == null ? "" : after)
                .param("rows", rows)
                .query(PostgresStaff::member)
                .list();
    }

    Optional<StaffMember> find(String account, UnitCode reach) {
        return jdbc.sql(ONE)
                .param("account", account)
                .param("reach", reach.digits())
                .query(PostgresStaff::member)
                .optional();
    }

    @Transactional
    public void put(StaffMember member) {
        jdbc.sql(PUT)
                .param("account", member.account())
                .param("unit", member.unit().digits())
                .param("duty", member.duty().name())
                .param("starts", member.shiftStarts())
                .param("ends", member.shiftEnds())
                .update();
        jdbc.sql(COUNT_CHANGE).update();
        audit.write(AuditLine.done(
                "staff.put",
                member.account(),
                Map.of(
                        "unit", member.unit().digits(),
                        "duty", member.duty().name(),
                        "shift", member.shiftStarts() + "-" + member.shiftEnds())));
    }

    /** @return whether it was there */
    @Transactional
    public boolean remove(String account, UnitCode reach) {
        int removed = jdbc.sql(REMOVE)
                .param("account", account)
                .param("reach", reach.digits())
                .update();
        if (removed == 1) {
            jdbc.sql(COUNT_CHANGE).update();
            audit.write(AuditLine.done("staff.remove", account, Map.of()));
        }
        return removed == 1;
    }

    private static StaffMember member(ResultSet row, int number) throws SQLException {
        return new StaffMember(
                row.getString("account"),
                new UnitCode(row.getString("unit_code")),
                StaffMember.Duty.valueOf(row.getString("duty")),
                row.getObject("shift_starts", LocalTime.class),
                row.getObject("shift_ends", LocalTime.class));
    }
}
