package org.citybrain.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrateDatabaseTest {

    @Test
    void an_empty_database_is_migrated_once_and_then_has_nothing_left_to_do() {
        Database database = Infrastructure.shared().newEmptyDatabase();

        assertThat(migrate(database, database.passwords())).isPositive();
        assertThat(migrate(database, database.passwords())).isZero();
    }

    @Test
    void every_run_sets_the_passwords_anew_even_odd_ones() {
        Database database = Infrastructure.shared().newDatabase();
        Map<ServiceLogin, String> rotated = Arrays.stream(ServiceLogin.values())
                .collect(Collectors.toMap(login -> login, login -> "it's $new$ \\ " + login));
        try {
            migrate(database, rotated);

            var after = new Database(
                    database.jdbcUrl(), database.administrator(), database.administratorPassword(), rotated);
            for (ServiceLogin login : ServiceLogin.values()) {
                assertThat(user(after, login)).isEqualTo(login.role());
                assertThatThrownBy(() -> user(database, login))
                        .hasRootCauseMessage("FATAL: password authentication failed for user \"" + login.role() + "\"");
            }
        } finally {
            migrate(database, database.passwords());
        }
    }

    @Test
    void what_was_overdue_before_deadlines_were_watched_raises_no_alarm_and_what_is_due_later_is_watched() {
        Database database = Infrastructure.shared().newEmptyDatabase();
        flyway(database, "24").migrate();
        JdbcClient dispatch = JdbcClient.create(database.dataSource(ServiceLogin.DISPATCH));
        dispatch.sql("select dispatch.ensure_partitions(now() - interval '2 days', now())::text")
                .query(String.class)
                .single();
        dispatch.sql("""
                        insert into dispatch.incident (
                            id, version, status, opened_at, type, category, board, location, grid_code, unit_codes,
                            visible_to, commanding_unit, level, needs_person, corroborated, correlation_cell, first_occurred_at,
                            last_occurred_at, report_count, sources, nothing_known, people_affected, people_basis, area_km2,
                            area_basis, grade, picture, grading_version, routing_version, correlation_version,
                            catalogue_version, map_version, changed_at)
                        select dispatch.lowest_id_at(day_before), 1, 'DISPATCHED', day_before, 'flood.waterlogging', 'NATURAL_DISASTER', 'SAFETY',
                            st_point(106.5, 29.5, 4326), '500103001001007', '{500103001001007}', '{50}', '50', 'II', false, true, 1,
                            day_before, day_before, 1, '{gw-1}', false, 640, 'REPORTED', 0.1, 'DEFAULT', '{}', '{}', 1, 1, 1, 1, 1, day_before
                        from (select now() - interval '1 day' as day_before) as opened
                        """).update();
        dispatch.sql("""
                        insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, digest,
                            acknowledge_by, resolve_by)
                        select id, gen_random_uuid(), 1, 'CITY', unit, 'EXECUTE', 'DISPATCHED', opened_at, false, due, due
                        from dispatch.incident, (values ('50', now() - interval '1 hour'), ('500103', now() + interval '1 hour')) as task (unit, due)
                        """).update();

        flyway(database, "25").migrate();

        assertThat(dispatch.sql(
                                "select unit_code || ' ' || (next_due_at is not null) from dispatch.task order by unit_code")
                        .query(String.class)
                        .list())
                .containsExactly("50 false", "500103 true");
        assertThat(dispatch.sql(
                                "select situation_planned_for || ' ' || (situation_from > opened_at) from dispatch.incident")
                        .query(String.class)
                        .list())
                .as("a report is due from now on, not since it was opened")
                .containsExactly("II true");
    }

    private static Flyway flyway(Database database, String target) {
        return Flyway.configure()
                .dataSource(database.jdbcUrl(), database.administrator(), database.administratorPassword())
                .locations("classpath:db/migration")
                .defaultSchema("public")
                .table("schema_history")
                .placeholders(Arrays.stream(ServiceLogin.values())
                        .collect(Collectors.toMap(
                                ServiceLogin::passwordPlaceholder, login -> "'" + database.password(login) + "'")))
                .target(target)
                .load();
    }

    private static int migrate(Database database, Map<ServiceLogin, String> passwords) {
        return MigrateDatabase.migrate(
                database.jdbcUrl(), database.administrator(), database.administratorPassword(), passwords);
    }

    private static String user(Database database, ServiceLogin login) {
        return JdbcClient.create(database.dataSource(login))
                .sql("select current_user")
                .query(String.class)
                .single();
    }
}
