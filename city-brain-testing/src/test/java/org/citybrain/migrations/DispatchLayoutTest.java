package org.citybrain.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class DispatchLayoutTest {

    private static final String REPORT = "0197c5a0-0000-7000-8000-000000000001";

    private static final Pattern SCANNED = Pattern.compile(" on (\\w+)");

    private Database database;
    private JdbcClient dispatch;

    @BeforeEach
    void a_year_of_partitions() {
        database = Infrastructure.shared().newDatabase();
        dispatch = JdbcClient.create(database.dataSource(ServiceLogin.DISPATCH));
        ensurePartitions("2026-01-15Z", "2026-12-15Z");
    }

    @Test
    void partitions_are_made_once_however_often_and_by_however_many_they_are_asked_for() {
        List<String> before = listPartitions();

        ensurePartitions("2026-01-15Z", "2026-12-15Z");
        assertThat(listPartitions()).isEqualTo(before).contains("incident_2026_01", "task_2026_07", "report_2026_12");

        ensurePartitions("2026-12-15Z", "2027-01-01Z");
        assertThat(listPartitions()).contains("incident_2027_01", "incident_event_2027_01", "duplicate_report_2027_01");
    }

    @Test
    void an_incident_its_task_and_its_timeline_lie_in_the_month_in_which_it_was_opened() {
        String id = idAt("2026-07-31 23:59:59.999Z");
        incident(id, "'II'", "null", "NATURAL_DISASTER");
        task(id, idAt("2026-07-31 23:59:59.999Z"));
        event(id);

        assertThat(partitionOf("incident")).isEqualTo("dispatch.incident_2026_07");
        assertThat(partitionOf("task")).isEqualTo("dispatch.task_2026_07");
        assertThat(partitionOf("incident_event")).isEqualTo("dispatch.incident_event_2026_07");
    }

    @Test
    void the_first_millisecond_of_a_month_belongs_to_it() {
        incident(idAt("2026-08-01Z"), "'II'", "null", "NATURAL_DISASTER");

        assertThat(partitionOf("incident")).isEqualTo("dispatch.incident_2026_08");
    }

    @Test
    void looking_an_incident_up_by_its_id_opens_one_partition() throws Exception {
        String id = idAt("2026-07-10Z");
        incident(id, "'II'", "null", "NATURAL_DISASTER");
        task(id, idAt("2026-07-10Z"));
        event(id);

        for (String view : new String[] {
            "incident_view where id", "task_view where incident_id", "incident_event_view where incident_id"
        }) {
            assertThat(opened(ServiceLogin.API, "select * from dispatch." + view + " = '" + id + "'"))
                    .isNotEmpty()
                    .allSatisfy(table -> assertThat(table).endsWith("_2026_07"));
        }
    }

    @Test
    void looking_a_report_up_by_its_id_opens_one_partition() throws Exception {
        incident(idAt("2026-07-10Z"), "'II'", "null", "NATURAL_DISASTER");
        reportKey(REPORT);
        report(REPORT, "OPENED", "'" + idAt("2026-07-10Z") + "'", "null");

        assertThat(opened(ServiceLogin.API, "select * from dispatch.report_view where report_id = '" + REPORT + "'"))
                .containsExactlyInAnyOrder("report_key", "report_2026_07");
    }

    @Test
    void a_report_id_is_taken_once() {
        reportKey(REPORT);

        assertRefused(() -> reportKey(REPORT)).hasMessageContaining("report_key_pkey");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'II', 'R1', ACCIDENT",
                "null, null, ACCIDENT",
                "null, 'R1', ACCIDENT",
                "'IV', null, EVERYDAY",
                "'V', null, ACCIDENT",
                "null, 'R4', EVERYDAY",
            },
            quoteCharacter = '"')
    void an_incident_has_a_level_or_when_it_is_everyday_a_scope(String level, String scope, String category) {
        assertRefused(() -> incident(idAt("2026-07-10Z"), level, scope, category))
                .hasMessageContaining("violates check constraint");
    }

    @Test
    void an_everyday_matter_has_a_scope() {
        assertThatCode(() -> incident(idAt("2026-07-10Z"), "null", "'R1'", "EVERYDAY"))
                .doesNotThrowAnyException();
    }

    @Test
    void only_what_is_refused_has_a_reason_and_no_incident() {
        String incident = "'" + idAt("2026-07-10Z") + "'";

        assertRefused(() -> report(UUID.randomUUID().toString(), "OPENED", "null", "null"));
        assertRefused(() -> report(UUID.randomUUID().toString(), "MERGED", incident, "'TOO_LATE'"));
        assertRefused(() -> report(UUID.randomUUID().toString(), "REJECTED", "null", "null"));
        assertRefused(() -> report(UUID.randomUUID().toString(), "REJECTED", incident, "'TOO_LATE'"));
        assertThatCode(() -> report(UUID.randomUUID().toString(), "REJECTED", "null", "'TOO_LATE'"))
                .doesNotThrowAnyException();
    }

    @Test
    void a_footprint_that_crosses_itself_and_a_place_in_another_reference_system_are_refused() {
        incident(idAt("2026-07-10Z"), "'II'", "null", "NATURAL_DISASTER");

        assertRefused(() -> dispatch.sql("""
                        update dispatch.incident
                        set footprint = st_geomfromtext('POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))', 4326)""").update()).hasMessageContaining("footprint_check");
        assertRefused(() -> dispatch.sql("update dispatch.incident set location = st_point(106, 29, 4490)")
                        .update())
                .hasMessageContaining("SRID");
    }

    @Test
    void a_page_of_incidents_has_room_for_one_that_changes() {
        incident(idAt("2026-07-10Z"), "'II'", "null", "NATURAL_DISASTER");
        multiplyIncident(100);
        String anyOfTheFirstPage = "select min(id::text) from dispatch.incident where (ctid::text::point)[0] = 0";
        String id = dispatch.sql(anyOfTheFirstPage).query(String.class).single();

        dispatch.sql("update dispatch.incident set report_count = 2 where id = cast(:id as uuid)")
                .param("id", id)
                .update();

        assertThat(dispatch.sql(
                                "select (ctid::text::point)[0]::integer from dispatch.incident where id = cast(:id as uuid)")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void the_hot_queries_have_their_indexes() throws Exception {
        incident(idAt("2026-07-10Z"), "'II'", "null", "NATURAL_DISASTER");
        // As many that any index of open incidents would not do: of an empty table all cost the same.
        multiplyIncident(1_000);
        dispatch.sql("analyze dispatch.incident").update();
        assertUses("incident_open_by_cell", "incident_2026_07_correlation_cell_idx", """
                select id from dispatch.incident where correlation_cell = any ('{1,2}') and closed_at is null""");
        assertUses("incident_by_place", "incident_2026_07_location_idx", """
                select id from dispatch.incident where location && st_makeenvelope(106, 29, 107, 30, 4326)""");
        assertUses("incident_by_type", "incident_2026_07_type_id_idx", """
                select id from dispatch.incident where type = 'city.noise' order by id desc limit 20""");
        assertUses("task_open_by_unit", "task_2026_07_unit_code_incident_id_idx", """
                select id from dispatch.task
                where unit_code like '500103%' and status not in ('COMPLETED', 'RETURNED')""");
        assertUses("incident_event_outbox", "incident_event_2026_07_transaction_id_sequence_idx", """
                select sequence from dispatch.incident_event
                where (transaction_id, sequence) > ('3'::xid8, 1) and transaction_id < '9'::xid8
                order by transaction_id, sequence limit 100""");
        assertUses("report_by_incident", "report_2026_07_incident_id_idx", """
                select report_id from dispatch.report where incident_id = '%s'""".formatted(REPORT));
        assertUses("parked_report_waiting", "parked_report_waiting", """
                select id from dispatch.parked_report where status = 'PARKED' order by parked_at, id limit 20""");
    }

    /** Adds as many like the one that is there. */
    private void multiplyIncident(int times) {
        dispatch.sql("""
                        insert into dispatch.incident
                        select (jsonb_populate_record(i, jsonb_build_object(
                                   'id', left(i.id::text, 24) || lpad(to_hex(n), 12, '0'), 'correlation_cell', n))).*
                        from dispatch.incident i, generate_series(1, :times) n""").param("times", times).update();
    }

    private void assertUses(String index, String partitionIndex, String query) throws Exception {
        assertThat(dispatch.sql("select to_regclass('dispatch.' || :index) is not null")
                        .param("index", index)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(String.join("\n", Plan.of(database, ServiceLogin.DISPATCH, query)))
                .contains(partitionIndex);
    }

    /** The tables and partitions that were really read. */
    private List<String> opened(ServiceLogin login, String query) throws Exception {
        return Plan.of(database, login, query).stream()
                .filter(line -> !line.contains("never executed") && !line.contains("Bitmap Index Scan"))
                .flatMap(line -> SCANNED.matcher(line).results())
                .map(scanned -> scanned.group(1))
                .toList();
    }

    private void ensurePartitions(String from, String to) {
        dispatch.sql("select dispatch.ensure_partitions(cast(:from as timestamptz), cast(:to as timestamptz))::text")
                .param("from", from)
                .param("to", to)
                .query(String.class)
                .single();
    }

    private List<String> listPartitions() {
        return dispatch.sql("""
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'dispatch' and c.relispartition and c.relkind = 'r' order by 1""").query(String.class).list();
    }

    private String idAt(String moment) {
        return dispatch.sql("select dispatch.lowest_id_at(cast(:moment as timestamptz))::text")
                .param("moment", moment)
                .query(String.class)
                .single();
    }

    private String partitionOf(String table) {
        return dispatch.sql("select tableoid::regclass::text from dispatch." + table)
                .query(String.class)
                .single();
    }

    private void incident(String id, String level, String scope, String category) {
        dispatch.sql("""
                insert into dispatch.incident (
                    id, version, status, opened_at, type, category, board, location, grid_code, unit_codes,
                    visible_to, commanding_unit, level, scope, needs_person, corroborated, correlation_cell, first_occurred_at,
                    last_occurred_at, report_count, sources, nothing_known, people_affected, people_basis, area_km2,
                    area_basis, grade, picture, grading_version, routing_version, correlation_version,
                    catalogue_version, map_version, changed_at)
                values (
                    '%s', 1, 'DISPATCHED', '2026-07-10Z', 'flood.waterlogging', '%s', 'SAFETY',
                    st_point(106.5, 29.5, 4326), '500103001001007', '{500103001001007}',
                    '{50,500103,500103001,500103001001,500103001001007}', '50', %s, %s, false, true, 1,
                    '2026-07-10Z', '2026-07-10Z', 1, '{gw-1}', false, 640, 'REPORTED', 0.1, 'DEFAULT', '{}', '{}', 1, 1,
                    1, 1, 1, '2026-07-10Z')""".formatted(id, category, level, scope)).update();
    }

    private void task(String incident, String id) {
        dispatch.sql("""
                insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, digest)
                values ('%s', '%s', 1, 'GRID', '500103001001007', 'EXECUTE', 'DISPATCHED', '2026-07-10Z', false)""".formatted(incident, id)).update();
    }

    private void event(String incident) {
        dispatch.sql("""
                insert into dispatch.incident_event (
                    incident_id, recorded_at, kind, incident_version, actor, status_after, commanding_unit, report_count,
                    people_affected, area_km2, detail)
                values ('%s', '2026-07-10Z', 'OPENED', 1, 'rule:correlation@1', 'DISPATCHED', '50', 1, 640, 0.1, '{}')""".formatted(incident)).update();
    }

    private void reportKey(String id) {
        dispatch.sql("""
                insert into dispatch.report_key (report_id, received_at, content_digest)
                values ('%s', '2026-07-10Z', 1)""".formatted(id)).update();
    }

    private void report(String id, String outcome, String incident, String reason) {
        dispatch.sql("""
                insert into dispatch.report (received_at, report_id, outcome, incident_id, reason, source_kind, source_id,
                                             type, occurred_at, location, report)
                values ('2026-07-10Z', '%s', '%s', %s, %s, 'SENSOR', 'gw-1', 'flood.waterlogging', '2026-07-10Z',
                        st_point(106.5, 29.5, 4326), '{}')""".formatted(id, outcome, incident, reason)).update();
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable statement) {
        return assertThatThrownBy(statement).rootCause().hasMessageStartingWith("ERROR");
    }
}
