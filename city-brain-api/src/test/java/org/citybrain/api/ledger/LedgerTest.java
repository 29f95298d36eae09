package org.citybrain.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.running.Broker;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Two hours of two gateways: 10 admitted and 2 refused, on top of whatever the topics held before, which is settled. */
class LedgerTest {

    private static final Instant HOUR = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2026-06-01T00:00:00Z");

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private final Broker broker;
    private long first;
    private long end;
    private long refusedEnd;

    LedgerTest() throws Exception {
        broker = Broker.connect(Infrastructure.shared().kafkaBootstrapServers());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @BeforeEach
    void write() throws Exception {
        settleWhatWasThereBefore();
        end = broker.write(Topics.REPORT_RECEIVED, 0, 10);
        first = end - 10;
        refusedEnd = broker.write(Topics.REPORT_REJECTED, 0, 2);
        intakeCounted();
    }

    @Test
    void a_ledger_with_everything_settled_balances() {
        dispatchSettled();

        JsonNode ledger = ledger("");

        JsonNode totals = ledger.get("totals");
        assertThat(totals.get("balanced").asBoolean()).as(ledger.toString()).isTrue();
        assertThat(totals.get("difference").asLong()).isZero();
        assertThat(totals.get("waiting").asLong()).isZero();
        assertThat(totals.get("received").asLong() + totals.get("refused").asLong())
                .isEqualTo(sumOfOutcomes(totals));
        assertThat(ledger.get("counting").asBoolean()).isFalse();
        assertThat(ledger.get("from").isNull()).isTrue();
        assertThat(ledger.get("linesFrom").asString()).isEqualTo("2026-07-14T11:00:00Z");
        assertThat(ledger.get("linesTo").asString()).isEqualTo("2026-07-15T11:00:00Z");
        assertThat(ledger.get("lines").toString()).isEqualTo("""
                        [{"source":"gw-1","hour":"2026-07-15T10:00:00Z","received":4,"refused":0,"opened":0,"merged":3,\
                        "rejected":0,"parked":0,"discarded":0,"duplicates":1,"waiting":0},\
                        {"source":"gw-1","hour":"2026-07-15T09:00:00Z","received":3,"refused":0,"opened":1,"merged":1,\
                        "rejected":1,"parked":0,"discarded":0,"duplicates":0,"waiting":0},\
                        {"source":"gw-2","hour":"2026-07-15T09:00:00Z","received":3,"refused":2,"opened":1,"merged":0,\
                        "rejected":2,"parked":1,"discarded":1,"duplicates":0,"waiting":0}]""");
    }

    @Test
    void refusals_are_told_by_their_reasons_and_an_analyst_counts_the_same() {
        dispatchSettled();

        JsonNode ledger = ledger("");
        JsonNode analysts = api.getAs(Infrastructure.shared().issuer().token("analyst", "50", "ANALYST"), "/v1/ledger")
                .json();

        assertThat(ledger.get("refusals").toString()).isEqualTo("""
                        [{"source":"gw-2","reason":"MALFORMED","reports":1},{"source":"gw-2","reason":"OVER_RATE","reports":1}]""");
        assertThat(analysts.get("refusals")).isEqualTo(ledger.get("refusals"));
        assertThat(analysts.get("totals")).isEqualTo(ledger.get("totals"));
    }

    @Test
    void a_retry_moves_a_report_from_parked_to_what_it_became() {
        dispatchSettled();
        stored.outcome(0, first, "gw-2", HOUR, "PARKED", -1);
        stored.outcome(0, first, "gw-2", HOUR, "OPENED", 1);

        JsonNode ledger = ledger("");

        assertThat(ledger.get("totals").get("balanced").asBoolean()).isTrue();
        assertThat(ledger.get("lines").get(2).get("parked").asLong()).isZero();
        assertThat(ledger.get("lines").get(2).get("opened").asLong()).isEqualTo(2);
    }

    @Test
    void what_dispatch_has_not_reached_yet_is_waiting_at_both_ends() {
        JsonNode ledger = ledger("");

        assertThat(ledger.get("totals").get("waiting").asLong()).isEqualTo(10);
        assertThat(ledger.get("totals").get("balanced").asBoolean()).isTrue();
        assertThat(ledger.get("lines")
                        .valueStream()
                        .mapToLong(line -> line.get("waiting").asLong()))
                .containsExactly(4L, 3L, 3L);
    }

    @Test
    void what_intake_has_not_counted_yet_is_no_imbalance() throws Exception {
        dispatchSettled();
        broker.write(Topics.REPORT_RECEIVED, 1, 3);
        broker.write(Topics.REPORT_REJECTED, 1, 2);

        JsonNode ledger = ledger("");

        assertThat(ledger.get("counting").asBoolean()).isTrue();
        JsonNode totals = ledger.get("totals");
        assertThat(totals.get("uncounted").asLong()).isEqualTo(5);
        assertThat(totals.get("waiting").asLong()).isEqualTo(5);
        assertThat(totals.get("balanced").asBoolean()).isTrue();
    }

    @Test
    void dispatch_may_be_ahead_of_intakes_count() throws Exception {
        dispatchSettled();
        long ahead = broker.write(Topics.REPORT_RECEIVED, 0, 3);
        stored.outcome(0, end, "gw-1", HOUR, "MERGED", 3);
        stored.consumed(0, ahead);

        JsonNode ledger = ledger("");

        assertThat(ledger.get("totals").get("balanced").asBoolean())
                .as(ledger.toString())
                .isTrue();
        assertThat(ledger.get("counting").asBoolean()).isTrue();
        assertThat(ledger.get("lines").get(1).get("waiting").asLong()).isEqualTo(-3);
        assertThat(ledger("?from=2026-07-15T09:00:00Z")
                        .get("totals")
                        .get("balanced")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_report_that_dispatch_swallowed_shows_as_a_difference() {
        dispatchSettled();
        stored.jdbc()
                .sql("delete from dispatch.batch_outcome where outcome = 'OPENED' and source_id = 'gw-1'")
                .update();

        JsonNode totals = ledger("").get("totals");
        assertThat(totals.get("balanced").asBoolean()).isFalse();
        assertThat(totals.get("difference").asLong()).isEqualTo(1);

        totals = ledger("?from=2026-07-15T09:00:00Z&to=2026-07-15T10:00:00Z").get("totals");
        assertThat(totals.get("balanced").asBoolean()).isFalse();
        assertThat(totals.get("difference").asLong()).isEqualTo(1);
    }

    @Test
    void a_report_that_was_counted_twice_shows_as_a_difference() {
        dispatchSettled();
        stored.outcome(0, first, "gw-1", HOUR, "MERGED", 1);

        JsonNode totals = ledger("").get("totals");
        assertThat(totals.get("balanced").asBoolean()).isFalse();
        assertThat(totals.get("difference").asLong()).isEqualTo(-1);
    }

    @Test
    void a_refusal_that_was_not_kept_shows_as_a_difference() {
        dispatchSettled();
        stored.jdbc()
                .sql("delete from intake.refused_report where source_id = 'gw-2' and record_offset = :offset")
                .param("offset", refusedEnd - 1)
                .update();

        assertThat(ledger("").get("totals").get("difference").asLong()).isEqualTo(1);
    }

    @Test
    void a_loss_in_one_line_is_not_made_good_by_a_surplus_in_another() {
        dispatchSettled();
        stored.jdbc()
                .sql(
                        "update dispatch.batch_outcome set source_id = 'gw-2' where outcome = 'OPENED' and source_id = 'gw-1'")
                .update();

        JsonNode totals = ledger("").get("totals");
        assertThat(totals.get("difference").asLong()).isZero();
        assertThat(totals.get("balanced").asBoolean()).isFalse();
    }

    @Test
    void a_count_that_intake_lost_is_no_balance_either() {
        dispatchSettled();
        stored.jdbc()
                .sql("delete from intake.published_count where source_id = 'before'")
                .update();

        JsonNode totals = ledger("").get("totals");
        assertThat(totals.get("difference").asLong()).isZero();
        assertThat(totals.get("balanced").asBoolean()).isFalse();
    }

    @Test
    void a_topic_that_lost_its_end_is_no_balance() {
        dispatchSettled();
        stored.consumed(1, 1_000_000);
        stored.outcome(1, 0, "gw-1", LONG_AGO, "MERGED", 1_000_000);

        assertThat(ledger("").get("totals").get("balanced").asBoolean()).isFalse();
    }

    @Test
    void a_span_is_widened_to_whole_hours_and_counts_only_them() {
        dispatchSettled();

        JsonNode ledger = ledger("?from=2026-07-15T09:59:59Z&to=2026-07-15T09:59:59.5Z");

        assertThat(ledger.get("from").asString()).isEqualTo("2026-07-15T09:00:00Z");
        assertThat(ledger.get("to").asString()).isEqualTo("2026-07-15T10:00:00Z");
        JsonNode totals = ledger.get("totals");
        assertThat(totals.get("received").asLong()).isEqualTo(6);
        assertThat(totals.get("refused").asLong()).isEqualTo(2);
        assertThat(sumOfOutcomes(totals)).isEqualTo(8);
        assertThat(totals.get("balanced").asBoolean()).isTrue();
        assertThat(ledger.get("lines").size()).isEqualTo(2);
    }

    /** Now it is July 2026: April 2025 is summed up at both ends, May 2025 at none, June 2025 is told by hour. */
    @Test
    void months_that_are_summed_up_balance_and_are_told_as_months_for_they_keep_refusals_by_their_moment() {
        dispatchSettled();
        Instant refusedAt = Instant.parse("2025-04-17T14:20:00Z");
        stored.jdbc()
                .sql("select intake.ensure_partitions('2025-04-01Z', '2025-06-01Z')::text")
                .query(String.class)
                .single();
        movedBack("gw-2", Instant.parse("2025-04-01T00:00:00Z"), refusedAt);
        movedBack("gw-1", Instant.parse("2025-05-20T08:00:00Z"), refusedAt);

        JsonNode april = ledger("?from=2025-04-17T13:00:00Z&to=2025-04-17T15:30:00Z");

        assertThat(april.get("from").asString()).isEqualTo("2025-04-01T00:00:00Z");
        assertThat(april.get("to").asString()).isEqualTo("2025-05-01T00:00:00Z");
        assertThat(april.get("lines").toString()).isEqualTo("""
                        [{"source":"gw-2","hour":"2025-04-01T00:00:00Z","received":3,"refused":2,"opened":1,"merged":0,\
                        "rejected":2,"parked":1,"discarded":1,"duplicates":0,"waiting":0}]""");
        assertThat(april.get("totals").get("balanced").asBoolean()).isTrue();
        JsonNode both = ledger("?from=2025-04-30T22:00:00Z&to=2025-05-02T00:00:00Z");
        assertThat(both.get("totals").get("balanced").asBoolean()).isTrue();
        assertThat(both.get("lines").get(0).get("hour").asString()).isEqualTo("2025-05-01T00:00:00Z");
        assertThat(both.get("lines").get(0).get("received").asLong()).isEqualTo(7);
        assertThat(ledger("?from=2025-06-01T01:00:00Z&to=2025-06-01T02:00:00Z")
                        .get("from")
                        .asString())
                .isEqualTo("2025-06-01T01:00:00Z");
    }

    private void movedBack(String source, Instant hour, Instant refusedAt) {
        for (String statement : List.of(
                "update intake.published_count set hour = :hour + (hour - :first) where source_id = :source",
                "update dispatch.batch_outcome set hour = :hour + (hour - :first) where source_id = :source",
                "update intake.refused_report set received_at = :refusedAt where source_id = :source")) {
            stored.jdbc()
                    .sql(statement)
                    .param("source", source)
                    .param("hour", hour.atOffset(ZoneOffset.UTC))
                    .param("first", HOUR.atOffset(ZoneOffset.UTC))
                    .param("refusedAt", refusedAt.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    @Test
    void one_end_of_a_span_means_a_day() {
        assertThat(ledger("?to=2026-07-03T00:00:00Z").get("from").asString()).isEqualTo("2026-07-02T00:00:00Z");
        assertThat(ledger("?from=2026-07-14T00:00:00Z").get("to").asString()).isEqualTo("2026-07-15T11:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, BAD_PARAMETER",
        "from=2026-07-03T00:00:00Z&to=2026-07-02T00:00:00Z, BAD_PARAMETER",
        "from=2026-05-01T00:00:00Z&to=2026-07-02T00:00:00Z, BAD_PARAMETER",
        "hour=9, UNKNOWN_PARAMETER"
    })
    void a_bad_span_is_refused(String query, String reason) {
        Answer answer = api.get("/v1/ledger?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo(reason);
    }

    private void settleWhatWasThereBefore() throws Exception {
        for (int partition : new int[] {0, 1}) {
            long received = broker.write(Topics.REPORT_RECEIVED, partition, 1);
            stored.consumed(partition, received);
            stored.accounted(Topics.REPORT_RECEIVED, partition, received);
            stored.published(Topics.REPORT_RECEIVED, partition, 0, "before", LONG_AGO, received);
            stored.outcome(partition, 0, "before", LONG_AGO, "MERGED", received);
            long rejected = broker.write(Topics.REPORT_REJECTED, partition, 1);
            stored.accounted(Topics.REPORT_REJECTED, partition, rejected);
            stored.published(Topics.REPORT_REJECTED, partition, 0, "before", LONG_AGO, rejected);
            for (long offset = 0; offset < rejected; offset++) {
                stored.refused(
                        UUID.randomUUID(), LONG_AGO.plus(Duration.ofSeconds(partition)), "before", "MALFORMED", offset);
            }
        }
    }

    private void intakeCounted() {
        stored.published(Topics.REPORT_RECEIVED, 0, first, "gw-1", HOUR, 3);
        stored.published(Topics.REPORT_RECEIVED, 0, first, "gw-2", HOUR, 3);
        stored.published(Topics.REPORT_RECEIVED, 0, first, "gw-1", HOUR.plusSeconds(3600), 4);
        stored.accounted(Topics.REPORT_RECEIVED, 0, end);
        stored.published(Topics.REPORT_REJECTED, 0, refusedEnd - 2, "gw-2", HOUR, 2);
        stored.refused(UUID.randomUUID(), HOUR.plusSeconds(1), "gw-2", "MALFORMED", refusedEnd - 2);
        stored.refused(UUID.randomUUID(), HOUR.plusSeconds(2), "gw-2", "OVER_RATE", refusedEnd - 1);
        stored.accounted(Topics.REPORT_REJECTED, 0, refusedEnd);
    }

    private void dispatchSettled() {
        stored.outcome(0, first, "gw-1", HOUR, "OPENED", 1);
        stored.outcome(0, first, "gw-1", HOUR, "MERGED", 1);
        stored.outcome(0, first, "gw-1", HOUR, "REJECTED", 1);
        stored.outcome(0, first, "gw-2", HOUR, "OPENED", 1);
        stored.outcome(0, first, "gw-2", HOUR, "PARKED", 1);
        stored.outcome(0, first, "gw-2", HOUR, "DISCARDED", 1);
        stored.outcome(0, first, "gw-1", HOUR.plusSeconds(3600), "MERGED", 3);
        stored.outcome(0, first, "gw-1", HOUR.plusSeconds(3600), "DUPLICATE", 1);
        stored.consumed(0, end);
    }

    private JsonNode ledger(String query) {
        Answer answer = api.get("/v1/ledger" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static long sumOfOutcomes(JsonNode totals) {
        return totals.get("opened").asLong()
                + totals.get("merged").asLong()
                + totals.get("rejected").asLong()
                + totals.get("parked").asLong()
                + totals.get("discarded").asLong()
                + totals.get("duplicates").asLong()
                + totals.get("waiting").asLong();
    }
}
