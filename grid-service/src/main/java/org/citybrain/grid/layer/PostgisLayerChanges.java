package org.citybrain.grid.layer;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.grid.layer.FeatureTimes.Change;
import org.citybrain.grid.layer.FeatureTimes.Span;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes features. Each change and its audit line are one transaction; changes of one feature wait for each other, and each
 * decides on what the one before has left.
 */
@Repository
class PostgisLayerChanges {

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(:feature, 0))";

    private static final String TIMES = """
            select valid_from, valid_to
            from grid.layer_feature
            where layer = :layer and id = :id
            order by valid_from
            """;

    private static final String CONTENT = """
            select kind, name, st_asbinary(geometry) as geometry, unit_code, department_code, incident_types
            from grid.layer_feature
            where layer = :layer and id = :id and valid_from = :from
            """;

    private static final String LIES_OUTSIDE = """
            select count(*)
            from (select geometry from grid.layer_feature
                  where layer = :layer and id = :id and valid_from = any(cast(:versions as timestamptz[]))) f
            cross join (select boundary from grid.unit_view
                        where code = :reach and valid_from <= :at and (valid_to is null or valid_to > :at)) u
            where not
            """ + PostgisAllowedArea.INSIDE;

    private static final String REMOVE =
            "delete from grid.layer_feature where layer = :layer and id = :id and valid_from = any(cast(:versions as timestamptz[]))";

    private static final String CLOSE = """
            update grid.layer_feature set valid_to = :at
            where layer = :layer and id = :id and valid_from = :version
            """;

    private static final String OPEN = """
            insert into grid.layer_feature (layer, id, valid_from, valid_to, kind, name, geometry, unit_code,
                                            department_code, incident_types, provenance)
            values (:layer, :id, :from, cast(:to as timestamptz), :kind, :name, st_geomfromewkb(:geometry), :unit,
                    :department, cast(:types as text[]), 'REGISTERED')
            """;

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    PostgisLayerChanges(JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes this the feature from a moment on. Where it is the same already, nothing is changed.
     *
     * @param effectiveFrom null: now, when this change's turn has come
     * @param reach of the person: nothing outside is changed
     * @return the moment at which the version holds
     */
    @Transactional
    public Instant put(
            Layer layer, String id, FeatureContent content, @Nullable Instant effectiveFrom, UnitCode reach) {
        lock(layer, id);
        Instant now = now();
        Instant from = effectiveFrom == null ? now : effectiveFrom;
        FeatureTimes times = times(layer, id);
        if (times.find(from)
                .map(version -> content(layer, id, version.from()).equals(content))
                .orElse(false)) {
            return from;
        }
        Change change = times.put(from, now);
        apply(layer, id, change, from, content, reach);
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("from", from.toString());
        detail.put("kind", content.kind());
        detail.put("name", content.name());
        if (content.unit() != null) {
            detail.put("unit", content.unit().digits());
        }
        if (content.department() != null) {
            detail.put("department", content.department());
        }
        if (content.incidentTypes() != null) {
            detail.put("incidentTypes", String.join(" ", content.incidentTypes()));
        }
        audit.write(AuditLine.done(layer.word() + ".put", id, detail));
        return from;
    }

    /**
     * Ends the feature at a moment, with all that was planned for it after that.
     *
     * @return whether there was anything to end
     */
    @Transactional
    public boolean end(Layer layer, String id, @Nullable Instant effectiveFrom, UnitCode reach) {
        lock(layer, id);
        Instant now = now();
        Instant from = effectiveFrom == null ? now : effectiveFrom;
        Change change = times(layer, id).end(from, now).orElse(null);
        if (change == null) {
            return false;
        }
        apply(layer, id, change, from, null, reach);
        audit.write(AuditLine.done(layer.word() + ".end", id, Map.of("from", from.toString())));
        return true;
    }

    /** A row that another service or a load wrote is not guarded by it, but by the constraint on overlapping times. */
    private void lock(Layer layer, String id) {
        jdbc.sql(LOCK)
                .param("feature", "city_brain_grid_layer/" + layer + "/" + id)
                .query((row, number) -> true)
                .single();
    }

    private FeatureTimes times(Layer layer, String id) {
        return new FeatureTimes(jdbc.sql(TIMES)
                .param("layer", layer.name())
                .param("id", id)
                .query(FeatureRow::span)
                .list());
    }

    private FeatureContent content(Layer layer, String id, Instant from) {
        return jdbc.sql(CONTENT)
                .param("layer", layer.name())
                .param("id", id)
                .param("from", utc(from))
                .query(FeatureRow::content)
                .single();
    }

    private void apply(
            Layer layer, String id, Change change, Instant at, @Nullable FeatureContent content, UnitCode reach) {
        refuseOutsideReach(layer, id, change, at, reach);
        try {
            if (!change.removed().isEmpty()) {
                jdbc.sql(REMOVE)
                        .param("layer", layer.name())
                        .param("id", id)
                        .param("versions", utc(change.removed()))
                        .update();
            }
            if (change.closed() != null) {
                jdbc.sql(CLOSE)
                        .param("layer", layer.name())
                        .param("id", id)
                        .param("version", utc(change.closed()))
                        .param("at", utc(at))
                        .update();
            }
            if (change.opened() != null && content != null) {
                open(layer, id, change.opened(), content);
            }
        } catch (DataIntegrityViolationException failure) {
            throw problem(failure, id, content);
        }
    }

    private void open(Layer layer, String id, Span span, FeatureContent content) {
        jdbc.sql(OPEN)
                .param("layer", layer.name())
                .param("id", id)
                .param("from", utc(span.from()))
                .param("to", span.to() == null ? null : utc(span.to()))
                .param("kind", content.kind())
                .param("name", content.name())
                .param("geometry", FeatureRow.ewkb(content.geometry()))
                .param("unit", content.unit() == null ? null : content.unit().digits())
                .param("department", content.department())
                .param(
                        "types",
                        content.incidentTypes() == null
                                ? null
                                : content.incidentTypes().toArray(String[]::new))
                .update();
    }

    /** What lies in another's unit is not moved into one's own, nor ended. */
    private void refuseOutsideReach(Layer layer, String id, Change change, Instant at, UnitCode reach) {
        List<Instant> touched = new ArrayList<>(change.removed());
        if (change.closed() != null) {
            touched.add(change.closed());
        }
        if (reach.tier() == Tier.CITY || touched.isEmpty()) {
            return;
        }
        long outside = jdbc.sql(LIES_OUTSIDE)
                .param("layer", layer.name())
                .param("id", id)
                .param("versions", utc(touched))
                .param("reach", reach.digits())
                .param("at", utc(at))
                .query(Long.class)
                .single();
        if (outside > 0) {
            throw new RequestProblem(
                    ProblemReason.OUTSIDE_REACH, "id", id, "a feature that lies inside your unit, " + reach);
        }
    }

    private static RuntimeException problem(
            DataIntegrityViolationException failure, String id, @Nullable FeatureContent content) {
        ServerErrorMessage message = failure.getMostSpecificCause() instanceof PSQLException refusal
                ? refusal.getServerErrorMessage()
                : null;
        String constraint = message == null || message.getConstraint() == null ? "" : message.getConstraint();
        return switch (constraint) {
            case "layer_feature_once", "layer_feature_pkey" ->
                new RequestProblem(
                        ProblemReason.CHANGED_MEANWHILE,
                        "id",
                        id,
                        "that nobody else changes it at the same time: try again");
            case "layer_feature_department_code_fkey" ->
                new RequestProblem(
                        ProblemReason.UNKNOWN_DEPARTMENT,
                        "department",
                        content == null ? null : content.department(),
                        "a department that was not removed meanwhile");
            case "layer_feature_geometry_check" ->
                new RequestProblem(
                        ProblemReason.BAD_GEOMETRY, "geometry", "invalid in PostGIS's eyes", "a valid geometry");
            default -> failure;
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static String[] utc(List<Instant> moments) {
        return moments.stream().map(Instant::toString).toArray(String[]::new);
    }
}
