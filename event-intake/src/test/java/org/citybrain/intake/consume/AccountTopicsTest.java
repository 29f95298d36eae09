package org.citybrain.intake.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.ReportRejected;
import org.citybrain.messages.Topics;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** The listener with records handed to it, against real PostGIS: what Kafka may do to it is done here on purpose. */
class AccountTopicsTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final Instant NOON = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    private static final TopicPartition RECEIVED_0 = new TopicPartition(Topics.REPORT_RECEIVED, 0);
    private static final TopicPartition RECEIVED_1 = new TopicPartition(Topics.REPORT_RECEIVED, 1);
    private static final TopicPartition REJECTED_0 = new TopicPartition(Topics.REPORT_REJECTED, 0);

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.administratorDataSource());
    private final SeekableConsumer consumer = new SeekableConsumer();
    private final AccountTopics account = newAccount();

    @BeforeEach
    void empty() {
        jdbc.sql("truncate intake.accounted_partition, intake.published_count, intake.refused_report")
                .update();
    }

    @Test
    void records_are_counted_by_source_and_hour_of_receipt() {
        assign(account, RECEIVED_0, RECEIVED_1);

        deliver(
                account,
                List.of(
                        received(RECEIVED_0, 0, "gw 1", NOON),
                        received(RECEIVED_0, 1, "gw 1", NOON),
                        received(RECEIVED_0, 2, "网格员", NOON),
                        received(RECEIVED_1, 0, "gw 1", NOON.minus(Duration.ofHours(1)))));

        assertThat(reports("gw 1")).isEqualTo(3);
        assertThat(reports("网格员")).isEqualTo(1);
        assertThat(count("select count(distinct hour) from intake.published_count"))
                .isEqualTo(2);
        assertThat(nextOffset(RECEIVED_0)).isEqualTo(3);
        assertThat(nextOffset(RECEIVED_1)).isEqualTo(1);
    }

    @Test
    void a_batch_that_is_delivered_twice_is_counted_once() {
        List<ConsumerRecord<byte[], byte[]>> batch =
                List.of(received(RECEIVED_0, 0, "gw", NOON), received(RECEIVED_0, 1, "gw", NOON), rejected(0, "gw"));
        assign(account, RECEIVED_0, REJECTED_0);

        deliver(account, batch);
        deliver(account, batch);

        assertThat(reports("gw")).isEqualTo(3);
        assertThat(count("select count(*) from intake.refused_report")).isEqualTo(1);
    }

    @Test
    void of_a_batch_that_overlaps_only_what_is_new_is_counted() {
        assign(account, RECEIVED_0);
        deliver(account, List.of(received(RECEIVED_0, 0, "gw", NOON), received(RECEIVED_0, 1, "gw", NOON)));

        deliver(account, List.of(received(RECEIVED_0, 1, "gw", NOON), received(RECEIVED_0, 2, "gw", NOON)));

        assertThat(reports("gw")).isEqualTo(3);
    }

    @Test
    void an_instance_that_lost_its_partition_without_noticing_stores_nothing_and_goes_back_to_the_account() {
        AccountTopics zombie = newAccount();
        assign(zombie, RECEIVED_0, REJECTED_0);
        assign(account, RECEIVED_0, REJECTED_0);
        List<ConsumerRecord<byte[], byte[]>> batch =
                List.of(received(RECEIVED_0, 0, "gw", NOON), received(RECEIVED_0, 1, "gw", NOON), rejected(0, "gw"));
        deliver(account, batch);

        boolean acknowledged = deliver(zombie, batch);

        assertThat(acknowledged).isFalse();
        assertThat(consumer.sought).containsEntry(RECEIVED_0, 2L).containsEntry(REJECTED_0, 1L);
        assertThat(reports("gw")).isEqualTo(3);
        deliver(zombie, List.of(received(RECEIVED_0, 2, "gw", NOON)));
        assertThat(reports("gw")).isEqualTo(4);
    }

    @Test
    void a_partition_that_could_not_be_looked_up_when_it_was_assigned_is_sought_before_anything_is_counted() {
        boolean acknowledged = deliver(account, List.of(received(RECEIVED_0, 5, "gw", NOON)));

        assertThat(acknowledged).isFalse();
        assertThat(consumer.sought).containsEntry(RECEIVED_0, 0L);
        assertThat(reports("gw")).isZero();
    }

    @Test
    void on_assignment_the_stored_offset_is_sought_and_a_new_partition_begins_at_its_beginning() {
        assign(account, RECEIVED_0);
        deliver(account, List.of(received(RECEIVED_0, 0, "gw", NOON)));

        Map<TopicPartition, Long> sought = assign(newAccount(), RECEIVED_0, RECEIVED_1);

        assertThat(sought).containsEntry(RECEIVED_0, 1L).containsEntry(RECEIVED_1, 0L);
    }

    @Test
    void records_that_retention_has_removed_do_not_hold_the_account_up() {
        assign(account, RECEIVED_0);

        deliver(account, List.of(received(RECEIVED_0, 40, "gw", NOON), received(RECEIVED_0, 41, "gw", NOON)));

        assertThat(nextOffset(RECEIVED_0)).isEqualTo(42);
        assertThat(reports("gw")).isEqualTo(2);
    }

    @Test
    void a_refusal_is_kept_with_its_reason() {
        UUID reportId = UUID.randomUUID();
        assign(account, REJECTED_0);

        deliver(account, List.of(rejected(7, "gw", reportId, "/type is \"x\": expected another")));

        assertThat(jdbc.sql("select * from intake.refused_report").query().singleRow())
                .containsEntry("report_id", reportId)
                .containsEntry("source_id", "gw")
                .containsEntry("reason", "UNKNOWN_TYPE")
                .containsEntry("detail", "/type is \"x\": expected another")
                .containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")
                .containsEntry("record_offset", 7L);
    }

    @Test
    void what_cannot_be_decoded_is_counted_and_kept_all_the_same() {
        assign(account, RECEIVED_0, REJECTED_0);

        deliver(
                account,
                List.of(
                        bare(RECEIVED_0, 0, "nonsense".getBytes(StandardCharsets.UTF_8)),
                        bare(RECEIVED_0, 1, null),
                        bare(REJECTED_0, 0, new byte[] {0, 1, 2}),
                        bare(REJECTED_0, 1, null),
                        withHeaders(REJECTED_0, 2, Map.of("ce_source", "/event-intake/sources/%ZZ", "ce_time", "noon")),
                        withHeaders(
                                REJECTED_0,
                                3,
                                Map.of(
                                        "ce_source",
                                        "/event-intake/sources/a%00b",
                                        "ce_time",
                                        "+999999999-01-01T00:00:00Z")),
                        rejected(4, "gw\0", UUID.randomUUID(), "a NUL \0")));

        assertThat(reports("unknown")).isEqualTo(7);
        assertThat(count("select count(*) from intake.refused_report where reason = 'UNDECODABLE'"))
                .isEqualTo(4);
        assertThat(count("select count(*) from intake.refused_report where reason = 'UNKNOWN_TYPE'"))
                .isEqualTo(1);
    }

    @Test
    void a_refusal_of_a_month_without_a_partition_gets_one() {
        Instant longAgo = Instant.parse("2020-02-29T23:00:00Z");
        assign(account, REJECTED_0);
        ProducerRecord<String, byte[]> sent = sentRefusal("gw", UUID.randomUUID(), "old", longAgo);

        deliver(account, List.of(record(REJECTED_0, 0, longAgo, sent.headers().toArray(), sent.value())));

        assertThat(count("select count(*) from intake.refused_report where received_at < '2020-03-01T00:00:00Z'"))
                .isEqualTo(1);
    }

    @Test
    void a_poll_costs_the_same_number_of_statements_whatever_it_brings() {
        assign(account, RECEIVED_0, REJECTED_0);
        deliver(account, List.of(received(RECEIVED_0, 0, "warm-up", NOON), rejected(0, "warm-up")));

        long one = statementsOf(List.of(received(RECEIVED_0, 1, "gw", NOON)));
        List<ConsumerRecord<byte[], byte[]>> many = new ArrayList<>();
        IntStream.range(2, 1_002).forEach(i -> many.add(received(RECEIVED_0, i, "gw-" + i, NOON)));
        IntStream.range(1, 501).forEach(i -> many.add(rejected(i, "gw-" + i)));
        long thousand = statementsOf(many);

        assertThat(one).isPositive();
        assertThat(thousand).isEqualTo(one);
    }

    private long statementsOf(List<ConsumerRecord<byte[], byte[]>> batch) {
        jdbc.sql("select pg_stat_statements_reset()").query().listOfRows();
        deliver(account, batch);
        return count("""
                select coalesce(sum(calls), 0) from pg_stat_statements s join pg_roles r on r.oid = s.userid
                where r.rolname = 'city_brain_intake' and toplevel
                  and dbid = (select oid from pg_database where datname = current_database())
                """);
    }

    private static AccountTopics newAccount() {
        var connection = new SingleConnectionDataSource(
                DATABASE.jdbcUrl(), ServiceLogin.INTAKE.role(), DATABASE.password(ServiceLogin.INTAKE), true);
        var transactions = new TransactionTemplate(new JdbcTransactionManager(connection));
        return new AccountTopics(new PostgresAccount(JdbcClient.create(connection), transactions));
    }

    private static Map<TopicPartition, Long> assign(AccountTopics account, TopicPartition... partitions) {
        Map<TopicPartition, Long> assignments = new HashMap<>();
        List.of(partitions).forEach(p -> assignments.put(p, 0L));
        var callback = new RecordingSeeks();
        account.onPartitionsAssigned(assignments, callback);
        return callback.sought;
    }

    private boolean deliver(AccountTopics account, List<ConsumerRecord<byte[], byte[]>> records) {
        boolean[] acknowledged = {false};
        account.account(records, () -> acknowledged[0] = true, consumer);
        return acknowledged[0];
    }

    private long reports(String sourceId) {
        return jdbc.sql("select coalesce(sum(reports), 0) from intake.published_count where source_id = :id")
                .param("id", sourceId)
                .query(Long.class)
                .single();
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private long nextOffset(TopicPartition partition) {
        return jdbc.sql(
                        "select next_offset from intake.accounted_partition where topic = :topic and partition = :partition")
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(Long.class)
                .single();
    }

    /** The account does not open the values of admitted reports, so these hold none. */
    private static ConsumerRecord<byte[], byte[]> received(
            TopicPartition partition, long offset, String sourceId, Instant time) {
        ProducerRecord<String, byte[]> sent = MessageEnvelope.record(
                partition.topic(),
                "key",
                UUID.randomUUID().toString(),
                "/event-intake/sources/"
                        + URLEncoder.encode(sourceId, StandardCharsets.UTF_8).replace("+", "%20"),
                time,
                null,
                Map.of());
        return record(partition, offset, NOON, sent.headers().toArray(), sent.value());
    }

    private static ConsumerRecord<byte[], byte[]> rejected(long offset, String sourceId) {
        return rejected(offset, sourceId, UUID.randomUUID(), "detail");
    }

    private static ConsumerRecord<byte[], byte[]> rejected(long offset, String sourceId, UUID reportId, String detail) {
        ProducerRecord<String, byte[]> sent = sentRefusal(sourceId, reportId, detail, NOON);
        return record(REJECTED_0, offset, NOON, sent.headers().toArray(), sent.value());
    }

    private static ProducerRecord<String, byte[]> sentRefusal(
            String sourceId, UUID reportId, String detail, Instant time) {
        return MessageEnvelope.record(
                Topics.REPORT_REJECTED,
                sourceId,
                UUID.randomUUID().toString(),
                "/event-intake/sources/" + URLEncoder.encode(sourceId, StandardCharsets.UTF_8),
                time,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                new ReportRejected(reportId, sourceId, RejectionReason.UNKNOWN_TYPE, detail, time));
    }

    private static ConsumerRecord<byte[], byte[]> bare(TopicPartition partition, long offset, byte[] value) {
        return record(partition, offset, NOON, new Header[0], value);
    }

    private static ConsumerRecord<byte[], byte[]> withHeaders(
            TopicPartition partition, long offset, Map<String, String> headers) {
        var all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record(partition, offset, NOON, all.toArray(), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, Instant time, Header[] headers, byte[] value) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                time.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                null,
                value,
                new RecordHeaders(headers),
                Optional.empty());
    }

    private static final class SeekableConsumer extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, Long> sought = new HashMap<>();

        private SeekableConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            sought.put(partition, offset);
        }
    }

    private static final class RecordingSeeks implements ConsumerSeekCallback {
        private final Map<TopicPartition, Long> sought = new HashMap<>();

        @Override
        public void seek(String topic, int partition, long offset) {
            sought.put(new TopicPartition(topic, partition), offset);
        }

        @Override
        public void seek(String topic, int partition, Function<Long, Long> offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToBeginning(String topic, int partition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToEnd(String topic, int partition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekRelative(String topic, int partition, long offset, boolean toCurrent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToTimestamp(String topic, int partition, long timestamp) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToTimestamp(Collection<TopicPartition> partitions, long timestamp) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getGroupId() {
            return "test";
        }
    }
}
