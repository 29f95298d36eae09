package org.citybrain.dispatch.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Receipts as city-brain-api leaves them, written into timelines: run by the test, not by the clock. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.receipt-interval=1h",
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RecordReceiptsTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());

    private static long nextOffset;

    @Autowired
    private RecordReceipts recordReceipts;

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    private UUID incident = new UUID(0, 0);

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
    }

    @BeforeEach
    void open_an_incident() {
        currentMap.renew();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        UUID reportId = UUID.randomUUID();
        pipeline.process(List.of(readReports.read(report().id(reportId)
                .inGrid((int) (nextOffset % 20))
                .people(640)
                .polled(0, nextOffset++))));
        incident = ADMINISTRATOR
                .sql("select incident_id from dispatch.report where report_id = :id")
                .param("id", reportId)
                .query(UUID.class)
                .single();
    }

    @Test
    void a_receipt_becomes_one_line_and_no_version_moves() {
        int version = version();
        receipt("NOTIFIED", incident, null, "e-1", UUID.randomUUID());

        recordReceipts.record();
        recordReceipts.record();

        assertThat(lines("NOTIFIED")).containsExactly("person:duty-officer WEBHOOK e-1");
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void many_receipts_of_many_incidents_are_written_in_few_statements() {
        UUID subscription = UUID.randomUUID();
        ADMINISTRATOR
                .sql("""
                        insert into api.receipt (kind, incident_id, event_id, event, subscription_id, person, channel, recorded_at)
                        select 'NOTIFIED', :incident, 'many-' || n, 'CLOSED', :subscription, 'duty-officer', 'LIVE', now()
                        from generate_series(1, 1200) n
                        """)
                .param("incident", incident)
                .param("subscription", subscription)
                .update();

        recordReceipts.record();

        assertThat(lines("NOTIFIED")).hasSize(1200).doesNotHaveDuplicates();
    }

    @Test
    void a_receipt_that_is_not_committed_yet_is_not_overtaken() throws SQLException {
        try (Connection open = DATABASE.administratorDataSource().getConnection()) {
            open.setAutoCommit(false);
            open.createStatement().execute("""
                            insert into api.receipt (kind, incident_id, event_id, event, subscription_id, person, channel, recorded_at)
                            values ('NOTIFIED', '%s', 'first', 'CLOSED', gen_random_uuid(), 'duty-officer', 'LIVE', now())
                            """.formatted(incident));
            receipt("NOTIFIED", incident, null, "second", UUID.randomUUID());
            recordReceipts.record();
            assertThat(lines("NOTIFIED")).isEmpty();
            open.commit();
        }

        recordReceipts.record();

        assertThat(lines("NOTIFIED"))
                .containsExactly("person:duty-officer LIVE first", "person:duty-officer WEBHOOK second");
    }

    @Test
    void a_receipt_of_an_incident_that_nobody_knows_keeps_no_other_back() {
        receipt("NOTIFIED", UUID.randomUUID(), null, "of nobody", UUID.randomUUID());
        receipt("NOTIFIED", incident, null, "after it", UUID.randomUUID());

        recordReceipts.record();

        assertThat(lines("NOTIFIED")).containsExactly("person:duty-officer WEBHOOK after it");
    }

    @Test
    void where_nobody_could_be_told_of_a_task_its_time_to_acknowledge_is_up() {
        UUID task = task("DISPATCHED");
        receipt("UNREACHABLE", incident, task, task + ":dispatched", null);

        recordReceipts.record();

        assertThat(lines("UNREACHABLE")).hasSize(1).first().asString().startsWith("rule:notice");
        assertThat(ADMINISTRATOR
                        .sql("select acknowledge_by <= now() from dispatch.task where id = :id")
                        .param("id", task)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(ADMINISTRATOR.sql("""
                                select t.version || ' ' || t.changed_by || ' ' || (e.detail -> 'tasks' -> 0 ->> 'version') || ' '
                                       || (e.detail -> 'tasks' -> 0 ->> 'id' = t.id::text)
                                from dispatch.task t join dispatch.incident_event e using (incident_id)
                                where t.id = :id and e.kind = 'UNREACHABLE'
                                """).param("id", task).query(String.class).list())
                .as("whoever holds the old version is told")
                .containsExactly("2 rule:notice 2 true");
    }

    @Test
    void a_task_that_was_answered_meanwhile_was_reached() {
        UUID task = task("DISPATCHED");
        ADMINISTRATOR
                .sql("update dispatch.task set status = 'ACKNOWLEDGED' where id = :id")
                .param("id", task)
                .update();
        receipt("UNREACHABLE", incident, task, task + ":dispatched", null);

        recordReceipts.record();

        assertThat(lines("UNREACHABLE")).isEmpty();
    }

    @Test
    void nobody_is_unreachable_for_what_is_resolved() {
        UUID task = task("DISPATCHED");
        ADMINISTRATOR
                .sql("update dispatch.incident set status = 'RESOLVED' where id = :id")
                .param("id", incident)
                .update();
        receipt("UNREACHABLE", incident, task, task + ":dispatched", null);

        recordReceipts.record();

        assertThat(lines("UNREACHABLE")).isEmpty();
    }

    private void receipt(String kind, UUID of, @Nullable UUID task, String eventId, @Nullable UUID subscription) {
        boolean told = subscription != null;
        ADMINISTRATOR
                .sql("""
                        insert into api.receipt (kind, incident_id, task_id, event_id, event, unit_code, subscription_id, person, channel,
                            recorded_at)
                        values (:kind, :incident, :task, :eventId, 'DISPATCHED_TO_UNIT', :unit, :subscription, :person, :channel, now())
                        """)
                .param("kind", kind)
                .param("incident", of)
                .param("task", task, Types.OTHER)
                .param("eventId", eventId)
                .param("unit", told ? null : "500103", Types.VARCHAR)
                .param("subscription", subscription, Types.OTHER)
                .param("person", told ? "duty-officer" : null, Types.VARCHAR)
                .param("channel", told ? "WEBHOOK" : null, Types.VARCHAR)
                .update();
    }

    private UUID task(String status) {
        return ADMINISTRATOR
                .sql("""
                        select id from dispatch.task
                        where incident_id = :incident and status = :status and acknowledge_by > now() order by id limit 1
                        """)
                .param("incident", incident)
                .param("status", status)
                .query(UUID.class)
                .single();
    }

    private int version() {
        return ADMINISTRATOR
                .sql("select version from dispatch.incident where id = :id")
                .param("id", incident)
                .query(Integer.class)
                .single();
    }

    private List<String> lines(String kind) {
        return ADMINISTRATOR
                .sql("""
                        select actor || coalesce(' ' || (detail ->> 'channel'), '') || ' ' || (detail ->> 'eventId')
                        from dispatch.incident_event where incident_id = :id and kind = :kind order by sequence
                        """)
                .param("id", incident)
                .param("kind", kind)
                .query(String.class)
                .list();
    }
}
