package org.citybrain.api.parked;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.api.row.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ParkedQueries {

    // Index: parked_report_waiting for those that wait
    private static final String LIST = """
            select id, status, parked_at, report_id, source_id, received_at, reason, detail, topic, partition, record_offset,
                   trace_id, settled_at, settled_reason
            from dispatch.parked_report_view
            where status = any(:statuses)
              and (not :waitingOnly or status = 'PARKED')
              and (:beforeTime::timestamptz is null or (parked_at, id) < (:beforeTime, :beforeId::uuid))
            order by parked_at desc, id desc
            limit :rows
            """;

    // Index: the primary key
    private static final String ONE = """
            select id, status, parked_at, report_id, source_id, received_at, reason, detail, topic, partition, record_offset,
                   trace_id, settled_at, settled_reason, headers, payload
            from dispatch.parked_report_view
            where id = :id
            """;

    private final JdbcClient jdbc;

    ParkedQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last parked first. */
    Page<ParkedReport> list(Set<ParkedStatus> statuses, @Nullable Place before, int limit) {
        List<Row> rows = Row.list(jdbc.sql(LIST)
                .param("statuses", statuses.stream().map(Enum::name).toArray(String[]::new))
                .param("waitingOnly", statuses.equals(Set.of(ParkedStatus.PARKED)))
                .param("beforeTime", before == null ? null : before.parkedAt().atOffset(ZoneOffset.UTC))
                .param("beforeId", before == null ? null : before.id())
                .param("rows", limit + 1));
        return Page.of(rows, limit, row -> row.instant("parked_at") + "/" + row.text("id"))
                .map(ParkedQueries::report);
    }

    Optional<ParkedRecord> find(UUID id) {
        return Row.list(jdbc.sql(ONE).param("id", id)).stream().findFirst().map(row -> {
            byte[] payload = row.bytes("payload");
            return new ParkedRecord(
                    report(row),
                    row.json("headers"),
                    findText(payload),
                    Base64.getEncoder().encodeToString(payload));
        });
    }

    private static ParkedReport report(Row row) {
        return new ParkedReport(
                row.uuid("id"),
                row.constant("status", ParkedStatus.class),
                row.instant("parked_at"),
                row.findUuid("report_id"),
                row.text("source_id"),
                row.instant("received_at"),
                row.text("reason"),
                row.text("detail"),
                row.text("topic"),
                row.integer("partition"),
                row.longInteger("record_offset"),
                row.findText("trace_id"),
                row.findInstant("settled_at"),
                row.findText("settled_reason"));
    }

    private static @Nullable String findText(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return null;
        }
    }

    /** Where a parked report stands in the order of the list. */
    record Place(Instant parkedAt, UUID id) {

        static Place parse(String key) {
            String[] parts = key.split("/", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("a time and an id");
            }
            return new Place(Instant.parse(parts[0]), QueryParameters.parseUuid(parts[1]));
        }
    }
}
