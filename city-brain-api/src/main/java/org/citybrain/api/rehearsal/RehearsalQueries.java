package org.citybrain.api.rehearsal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.api.row.Row;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rehearsals, out of dispatch's view. */
@Component
class RehearsalQueries {

    private static final String POLICY =
            "select exists (select from dispatch.policy_view where kind = :kind and version = :version)";

    /** Expects rehearsal_of_version. */
    private static final String LIST = """
            select id, kind, version, status, progress, from_time, to_time, asked_by, asked_at, started_at, ended_at, cancel_asked_by, failure,
                   (result ->> 'replayed')::bigint as replayed, (result ->> 'changedIncidents')::bigint as changed_incidents
            from dispatch.rehearsal_view
            where kind = :kind and version = :version
              and (:beforeTime::timestamptz is null or (asked_at, id) < (:beforeTime, :beforeId))
            order by asked_at desc, id desc
            limit :rows
            """;

    /** Expects the primary key of dispatch.rehearsal. */
    private static final String ONE = """
            select id, kind, version, status, progress, from_time, to_time, asked_by, asked_at, started_at, ended_at, cancel_asked_by, failure,
                   (result ->> 'replayed')::bigint as replayed, (result ->> 'changedIncidents')::bigint as changed_incidents,
                   result::text as result
            from dispatch.rehearsal_view
            where id = :id and kind = :kind and version = :version
            """;

    private final JdbcClient jdbc;

    RehearsalQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean hasPolicy(PolicyPath policy) {
        return jdbc.sql(POLICY)
                .param("kind", policy.kind())
                .param("version", policy.version())
                .query(Boolean.class)
                .single();
    }

    /** The last one first. */
    Page<RehearsalSummary> list(PolicyPath policy, @Nullable Place before, int limit) {
        List<Row> rows = Row.list(jdbc.sql(LIST)
                .param("kind", policy.kind())
                .param("version", policy.version())
                .param("beforeTime", before == null ? null : before.askedAt().atOffset(ZoneOffset.UTC))
                .param("beforeId", before == null ? null : before.id())
                .param("rows", limit + 1));
        return Page.of(rows, limit, row -> row.instant("asked_at") + "/" + row.text("id"))
                .map(RehearsalQueries::summary);
    }

    Optional<Rehearsal> find(PolicyPath policy, UUID id) {
        return Row.list(jdbc.sql(ONE)
                        .param("id", id)
                        .param("kind", policy.kind())
                        .param("version", policy.version()))
                .stream()
                .findFirst()
                .map(RehearsalQueries::rehearsal);
    }

    private static Rehearsal rehearsal(Row row) {
        String result = row.findText("result");
        Found found = result == null ? Found.NOTHING_YET : MessageJson.MAPPER.readValue(result, Found.class);
        return new Rehearsal(
                summary(row),
                found.unchangedIncidents(),
                found.gradedByPerson(),
                found.notReplayable(),
                found.failures(),
                found.matrix(),
                found.commandMatrix(),
                found.tasks(),
                found.commandCentres(),
                found.departments(),
                found.biggestChanges(),
                found.correlation(),
                found.notes(),
                found.seconds());
    }

    private static RehearsalSummary summary(Row row) {
        return new RehearsalSummary(
                row.uuid("id"),
                row.text("kind"),
                row.integer("version"),
                row.constant("status", RehearsalStatus.class),
                row.decimal("progress"),
                row.findInstant("from_time"),
                row.instant("to_time"),
                row.text("asked_by"),
                row.instant("asked_at"),
                row.findInstant("started_at"),
                row.findInstant("ended_at"),
                row.findText("cancel_asked_by"),
                row.findText("failure"),
                row.findLong("replayed"),
                row.findLong("changed_incidents"));
    }

    /** The part of the stored result that the summary does not hold. */
    private record Found(
            @Nullable Long unchangedIncidents,
            @Nullable Long gradedByPerson,
            @Nullable List<Rehearsal.ReasonCount> notReplayable,
            @Nullable List<String> failures,
            @Nullable List<Rehearsal.MatrixCell> matrix,
            @Nullable List<Rehearsal.MatrixCell> commandMatrix,
            @Nullable List<Rehearsal.TaskCount> tasks,
            @Nullable List<Rehearsal.CentreLoad> commandCentres,
            @Nullable List<Rehearsal.DepartmentLoad> departments,
            @Nullable List<RehearsalChange> biggestChanges,
            Rehearsal.@Nullable CorrelationFindings correlation,
            @Nullable List<String> notes,
            @Nullable Double seconds) {

        private static final Found NOTHING_YET =
                new Found(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Where a rehearsal stands in the order of the list. */
    record Place(Instant askedAt, UUID id) {

        static Place parse(String key) {
            String[] parts = key.split("/", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("a time and an id");
            }
            return new Place(Instant.parse(parts[0]), QueryParameters.parseUuid(parts[1]));
        }
    }
}
