package org.citybrain.api.source;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.citybrain.messages.SourceKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Adds labels up. */
@Component
class AlarmRateQueries {

    // Index: source_label_by_time
    private static final String RATES = """
            select source_id, source_kind,
                   count(*) filter (where label = 'CONFIRMED') as confirmed,
                   count(*) filter (where label = 'FALSE') as false_alarms,
                   count(*) filter (where label = 'MISSED') as missed
            from dispatch.source_label_view
            where (:from::timestamptz is null or opened_at >= :from)
              and (:to::timestamptz is null or opened_at < :to)
              and (:source::text is null or source_id = :source)
              and (:afterId::text is null or (source_id, source_kind) > (:afterId, :afterKind::text))
            group by source_id, source_kind
            order by source_id, source_kind
            limit :rows
            """;

    private final JdbcClient jdbc;

    AlarmRateQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<AlarmRate> list(
            @Nullable Instant from, @Nullable Instant to, @Nullable String source, @Nullable Place after, int limit) {
        List<Row> rows = Row.list(jdbc.sql(RATES)
                .param("from", moment(from))
                .param("to", moment(to))
                .param("source", source)
                .param("afterId", after == null ? null : after.sourceId())
                .param("afterKind", after == null ? null : after.sourceKind().name())
                .param("rows", limit + 1));
        return Page.of(rows, limit, row -> row.text("source_kind") + "/" + row.text("source_id"))
                .map(row -> AlarmRate.of(
                        row.text("source_id"),
                        row.constant("source_kind", SourceKind.class),
                        row.longInteger("confirmed"),
                        row.longInteger("false_alarms"),
                        row.longInteger("missed")));
    }

    private static @Nullable OffsetDateTime moment(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** Where a source stands in the order of the list. */
    record Place(SourceKind sourceKind, String sourceId) {

        static Place parse(String key) {
            int slash = key.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("a kind and an id");
            }
            return new Place(SourceKind.valueOf(key.substring(0, slash)), key.substring(slash + 1));
        }
    }
}
