package org.citybrain.dispatch.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class ArchiveMonthsTest {

    private static final Instant NOW = Instant.parse("2027-11-15T08:30:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private DataSource source;
    private JdbcClient jdbc;
    private ArchiveMonths archiveMonths;

    @BeforeEach
    void two_years_of_partitions() {
        Database database = Infrastructure.shared().newDatabase();
        source = database.dataSource(ServiceLogin.DISPATCH);
        jdbc = JdbcClient.create(source);
        jdbc.sql("select dispatch.ensure_partitions('2026-07-10Z', '2027-12-15Z')::text")
                .query(String.class)
                .single();
        archiveMonths = new ArchiveMonths(
                new PostgresArchive(jdbc),
                new ArchiveSettings(13, 2, Duration.ofHours(1)),
                Clock.fixed(NOW, ZoneOffset.UTC),
                registry);
    }

    @Test
    void months_that_are_over_move_to_the_archive_with_all_that_is_theirs_and_the_others_stay() {
        incident("2026-09-10 12:00Z", "CLOSED");
        incident("2026-10-10 12:00Z", "CLOSED");
        published();

        archiveMonths.archive();

        assertThat(attached("incident")).startsWith("incident_2026_10").doesNotContain("incident_2026_09");
        assertThat(text("select count(*) from dispatch.incident")).isEqualTo("1");
        for (String table : List.of("incident", "task", "incident_event", "report")) {
            assertThat(text("select count(*) from archive." + table + "_2026_09"))
                    .as(table)
                    .isEqualTo("1");
            assertThat(attached(table)).doesNotContain(table + "_2026_09").contains(table + "_2026_10");
        }
        assertThat(text("select incidents || ' ' || reports from dispatch.archived_month where month = '2026-09-01'"))
                .isEqualTo("1 1");
        assertThat(heldBack()).isZero();
    }

    @Test
    void an_open_incident_never_leaves_and_holds_later_months_back() {
        incident("2026-07-20 12:00Z", "CLOSED");
        incident("2026-08-10 12:00Z", "DISPATCHED");
        incident("2026-09-10 12:00Z", "CLOSED");
        published();

        archiveMonths.archive();

        assertThat(attached("incident")).startsWith("incident_2026_08", "incident_2026_09");
        assertThat(heldBack()).isEqualTo(2);

        jdbc.sql("update dispatch.incident set status = 'CLOSED', closed_at = opened_at where closed_at is null")
                .update();
        archiveMonths.archive();

        assertThat(attached("incident")).startsWith("incident_2026_10");
        assertThat(heldBack()).isZero();
    }

    @Test
    void what_is_not_published_yet_stays() {
        incident("2026-09-10 12:00Z", "CLOSED");

        archiveMonths.archive();

        assertThat(attached("incident")).startsWith("incident_2026_09");
        assertThat(heldBack()).isEqualTo(1);
    }

    @Test
    void a_month_is_archived_once_however_many_look() {
        incident("2026-09-10 12:00Z", "CLOSED");
        published();

        archiveMonths.archive();
        archiveMonths.archive();

        assertThat(text("select count(*) from dispatch.archived_month where month = '2026-09-01'"))
                .isEqualTo("1");
    }

    @Test
    void who_uses_a_table_is_not_waited_for_and_the_next_run_tries_again() throws SQLException {
        incident("2026-09-10 12:00Z", "CLOSED");
        published();
        try (Connection reader = source.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("select count(*) from dispatch.incident");

            archiveMonths.archive();

            assertThat(attached("incident")).contains("incident_2026_09");
            reader.rollback();
        }
        archiveMonths.archive();

        assertThat(attached("incident")).doesNotContain("incident_2026_09");
    }

    @Test
    void an_archived_month_is_not_made_again_and_what_is_around_it_is() {
        incident("2026-09-10 12:00Z", "CLOSED");
        published();
        archiveMonths.archive();

        assertThatThrownBy(() -> ensurePartitions("2026-09-30 23:59Z", "2026-09-30 23:59Z"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("2026-09 is in the archive");
        ensurePartitions("2026-10-01Z", "2028-01-15Z");

        assertThat(attached("incident")).doesNotContain("incident_2026_09");
        assertThat(text("select to_regclass('dispatch.report_2028_01') is not null"))
                .isEqualTo("t");
    }

    private void ensurePartitions(String from, String to) {
        jdbc.sql("select dispatch.ensure_partitions(cast(:from as timestamptz), cast(:to as timestamptz))::text")
                .param("from", from)
                .param("to", to)
                .query(String.class)
                .single();
    }

    @Test
    void an_archived_month_can_be_attached_again() {
        incident("2026-09-10 12:00Z", "CLOSED");
        published();
        archiveMonths.archive();

        jdbc.sql("select dispatch.restore_month('2026-09-01')::text")
                .query(String.class)
                .single();

        assertThat(text("select status from dispatch.incident")).isEqualTo("CLOSED");
        assertThat(text("select count(*) from dispatch.report")).isEqualTo("1");
        assertThat(text("select count(*) from dispatch.archived_month where month = '2026-09-01'"))
                .isEqualTo("0");
    }

    /** With a task, a line of its timeline and its report. */
    private void incident(String at, String status) {
        jdbc.sql("""
                insert into dispatch.incident (
                    id, version, status, opened_at, closed_at, type, category, board, location, grid_code, unit_codes, visible_to,
                    commanding_unit, level, needs_person, corroborated, correlation_cell, first_occurred_at, last_occurred_at, report_count,
                    sources, nothing_known, people_affected, people_basis, area_km2, area_basis, grade, picture, grading_version,
                    routing_version, correlation_version, catalogue_version, map_version, changed_at)
                select dispatch.lowest_id_at(m), 1, :status, m, case when :status = 'CLOSED' then m end, 'flood.waterlogging',
                    'NATURAL_DISASTER', 'SAFETY', st_point(106.5, 29.5, 4326), '500103001001007', '{500103001001007}',
                    '{50,500103,500103001,500103001001,500103001001007}', '50', 'II', false, true, 1, m, m, 1, '{gw-1}', false, 640,
                    'REPORTED', 0.1, 'DEFAULT', '{}', '{}', 1, 1, 1, 1, 1, m
                from (select cast(:at as timestamptz) as m) moment
                """).param("at", at).param("status", status).update();
        jdbc.sql("""
                insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, digest)
                select dispatch.lowest_id_at(m), dispatch.lowest_id_at(m), 1, 'GRID', '500103001001007', 'EXECUTE', 'COMPLETED', m, false
                from (select cast(:at as timestamptz) as m) moment
                """).param("at", at).update();
        jdbc.sql("""
                insert into dispatch.incident_event (
                    incident_id, recorded_at, kind, incident_version, actor, status_after, commanding_unit, report_count, people_affected,
                    area_km2, detail)
                select dispatch.lowest_id_at(m), m, 'OPENED', 1, 'rule:correlation@1', 'DISPATCHED', '50', 1, 640, 0.1, '{}'
                from (select cast(:at as timestamptz) as m) moment
                """).param("at", at).update();
        jdbc.sql("""
                insert into dispatch.report (received_at, report_id, outcome, incident_id, source_kind, source_id, type, occurred_at, location,
                                             report)
                select m, gen_random_uuid(), 'OPENED', dispatch.lowest_id_at(m), 'SENSOR', 'gw-1', 'flood.waterlogging', m,
                       st_point(106.5, 29.5, 4326), '{}'
                from (select cast(:at as timestamptz) as m) moment
                """).param("at", at).update();
    }

    /** The relay has sent all that there is. */
    private void published() {
        jdbc.sql("delete from dispatch.relay_position where name = 'timeline'").update();
        jdbc.sql("""
                        insert into dispatch.relay_position (name, transaction_id, sequence, moved_at)
                        select 'timeline', transaction_id, sequence, now() from dispatch.incident_event
                        order by transaction_id desc, sequence desc limit 1
                        """).update();
    }

    private List<String> attached(String table) {
        return jdbc.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = to_regclass('dispatch.' || :table) and c.relname < :table || '_2027'
                        order by 1
                        """).param("table", table).query(String.class).list();
    }

    private String text(String query) {
        return jdbc.sql(query).query((row, number) -> row.getString(1)).single();
    }

    private double heldBack() {
        return registry.get("citybrain.dispatch.archive.held.back").gauge().value();
    }
}
