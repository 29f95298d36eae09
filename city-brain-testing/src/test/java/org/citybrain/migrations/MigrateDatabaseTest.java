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

    private static final String IS_PUBLISHABLE =
            "select transaction_id < public.oldest_open_transaction() from dispatch.incident_event order by sequence";

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
        openIncident(dispatch);
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

    @Test
    void months_that_were_there_before_leave_room_in_their_pages_as_those_that_are_made_later() {
        Database database = Infrastructure.shared().newEmptyDatabase();
        flyway(database, "37").migrate();
        JdbcClient dispatch = JdbcClient.create(database.dataSource(ServiceLogin.DISPATCH));
        ensurePartitions(dispatch, "2026-07-01");

        flyway(database, "38").migrate();
        ensurePartitions(dispatch, "2026-08-01");

        assertThat(dispatch.sql("""
                                select relname || ' ' || reloptions[1] from pg_class
                                where relkind = 'r' and relname in ('incident_2026_07', 'incident_2026_08') order by relname
                                """).query(String.class).list())
                .containsExactly("incident_2026_07 fillfactor=70", "incident_2026_08 fillfactor=70");
    }

    /**
     * In another cluster transactions are counted from the beginning: what came then would lie before all that was published, and before the
     * places that were given out since the dump.
     */
    @Test
    void after_a_restore_from_a_dump_what_is_new_comes_after_all_that_was() {
        Database database = Infrastructure.shared().newDatabase();
        JdbcClient beforeTheDump = JdbcClient.create(database.dataSource(ServiceLogin.DISPATCH));
        openIncident(beforeTheDump);
        addLine(beforeTheDump);
        beforeTheDump
                .sql("update dispatch.incident_event set transaction_id = '900000000000'")
                .update();
        assertThat(beforeTheDump.sql(IS_PUBLISHABLE).query(Boolean.class).list())
                .as("a line of a transaction that is still to come, as this cluster counts")
                .containsExactly(false);

        migrate(database, database.passwords());

        JdbcClient restored = JdbcClient.create(database.dataSource(ServiceLogin.DISPATCH));
        addLine(restored);
        assertThat(restored.sql(
                                "select transaction_id::text::bigint > 1900000000000 from dispatch.incident_event order by sequence")
                        .query(Boolean.class)
                        .list())
                .containsExactly(false, true);
        assertThat(restored.sql(IS_PUBLISHABLE).query(Boolean.class).list()).containsExactly(true, true);
        migrate(database, database.passwords());
        assertThat(restored.sql("select current_setting('city_brain.transactions_before')")
                        .query(String.class)
                        .single())
                .as("a second start changes nothing")
                .isEqualTo(String.valueOf(900_000_000_000L + (1L << 40)));
    }

    private static void ensurePartitions(JdbcClient dispatch, String day) {
        dispatch.sql("select dispatch.ensure_partitions(cast(:day as timestamptz), cast(:day as timestamptz))::text")
                .param("day", day)
                .query(String.class)
                .single();
    }

    private static void openIncident(JdbcClient dispatch) {
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
    }

    private static void addLine(JdbcClient dispatch) {
        dispatch.sql("""
                        insert into dispatch.incident_event (
                            incident_id, recorded_at, kind, incident_version, actor, status_after, commanding_unit, report_count,
                            people_affected, area_km2, detail)
                        select id, now(), 'OPENED', 1, 'rule:correlation@1', 'DISPATCHED', '50', 1, 640, 0.1, '{}' from dispatch.incident
                        """).update();
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
