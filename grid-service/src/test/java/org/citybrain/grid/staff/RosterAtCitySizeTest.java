package org.citybrain.grid.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citybrain.messages.UnitCode;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two workers in each of 60,000 grids: the rosters of a whole city. */
class RosterAtCitySizeTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient GRID = JdbcClient.create(DATABASE.dataSource(ServiceLogin.GRID));
    private static final PostgresStaff STAFF = new PostgresStaff(GRID, line -> {});

    /** 40 districts of 25 streets of 60 grids. Accounts are named in another order than the units are numbered. */
    private static final String FILL = """
            insert into grid.unit (code) values ('50');
            insert into grid.unit (code) select 5001 || lpad(d::text, 2, '0') from generate_series(11, 50) d;
            insert into grid.unit (code)
            select code || lpad(s::text, 3, '0') from grid.unit, generate_series(1, 25) s where length(code) = 6;
            insert into grid.unit (code) select code || '001' from grid.unit where length(code) = 9;
            insert into grid.unit (code)
            select code || lpad(g::text, 3, '0') from grid.unit, generate_series(1, 60) g where length(code) = 12;
            insert into grid.staff (account, unit_code, duty, shift_starts, shift_ends, provenance)
            select 'worker-' || w || '-' || reverse(code), code, 'GRID_WORKER', '08:00', '20:00', 'SYNTHETIC'
            from grid.unit, generate_series(1, 2) w where length(code) = 15;
            analyze grid.staff
            """;

    @BeforeAll
    static void fill() throws Exception {
        try (var connection = DATABASE.administratorDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(FILL);
        }
        assertThat(GRID.sql("select count(*) from grid.staff")
                        .query(Integer.class)
                        .single())
                .isEqualTo(120_000);
    }

    @ParameterizedTest
    @CsvSource({"500130, 3000", "500130005, 120", "500130005001, 120", "500130005001007, 2", "500199, 0"})
    void the_pages_of_a_unit_meet_each_of_its_accounts_once_in_order(String unit, int staff) {
        List<String> met = new ArrayList<>();
        String after = null;
        do {
            List<String> page = accounts(unit, after, 500);
            met.addAll(page);
            after = page.isEmpty() ? null : page.getLast();
        } while (after != null);

        assertThat(met).hasSize(staff).isSorted().doesNotHaveDuplicates();
        assertThat(STAFF.list(new UnitCode(unit), null, staff + 1))
                .allMatch(member -> member.unit().isWithin(new UnitCode(unit)));
    }

    @Test
    void the_pages_of_the_city_go_on_behind_the_cursor() {
        List<String> first = accounts("50", null, 100);

        assertThat(accounts("50", first.get(49), 50)).isEqualTo(first.subList(50, 100));
        assertThat(accounts("51", null, 100)).isEmpty();
    }

    @Test
    void the_roster_of_a_unit_is_found_by_the_index_on_its_code() {
        List<String> plan = GRID.sql("explain " + PostgresStaff.LIST_OF_UNIT)
                .params(Map.of("unit", "500130005", "after", "", "rows", 101))
                .query(String.class)
                .list();

        assertThat(String.join("\n", plan)).contains("staff_by_unit").doesNotContain("staff_pkey", "Seq Scan on staff");
    }

    private static List<String> accounts(String unit, @Nullable String after, int rows) {
        return STAFF.list(new UnitCode(unit), after, rows).stream()
                .map(StaffMember::account)
                .toList();
    }
}
