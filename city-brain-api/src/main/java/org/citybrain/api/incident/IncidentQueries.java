package org.citybrain.api.incident;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.api.checkin.CheckIn;
import org.citybrain.api.checkin.CheckInQueries;
import org.citybrain.api.checkin.Feedback;
import org.citybrain.api.checkin.FeedbackQueries;
import org.citybrain.api.command.AllowedCommands;
import org.citybrain.api.incident.IncidentSummary.GradeSummary;
import org.citybrain.api.request.Box;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.citybrain.api.task.CalledDepartment;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.Basis;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Position;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Reads incidents. Plans are made for the very parameters ({@code plan_cache_mode=force_custom_plan}): a filter that was not
 * given falls out of the plan, and so does every partition whose month or id range cannot match.
 */
@Component
class IncidentQueries {

    // Index: the primary key of each month's partition, backwards. For one status, level or type
    // incident_open_by_status, incident_grave_by_level or incident_by_type: only an equality is read from them in the
    // order of ids. incident_by_place for a box, incident_by_unit for a grid or street that is asked for or reached
    static final String LIST = """
            select i.id, i.number, i.version, i.status, i.opened_at, i.closed_at, i.type, t.name_zh, t.name_en, i.category,
                   i.board, st_x(i.location) as longitude, st_y(i.location) as latitude, i.grid_code, i.commanding_unit,
                   i.level, i.scope, i.needs_person, i.corroborated, i.report_count, i.people_affected, i.people_basis,
                   i.area_km2, i.grading_version, i.catalogue_version, i.map_version
            from (select id, number, version, status, opened_at, closed_at, type, category, board, location, grid_code,
                         commanding_unit, level, scope, needs_person, corroborated, report_count, people_affected,
                         people_basis, area_km2, grading_version, catalogue_version, map_version
                  from dispatch.incident_view
                  where (cardinality(:statuses::text[]) = 0 or status = any(:statuses))
                    and (cardinality(:statuses::text[]) <> 1 or status = (:statuses::text[])[1])
                    and (cardinality(:levels::text[]) = 0 or level = any(:levels))
                    and (cardinality(:levels::text[]) <> 1 or level = (:levels::text[])[1])
                    and (cardinality(:scopes::text[]) = 0 or scope = any(:scopes))
                    and (cardinality(:types::text[]) = 0 or type = any(:types))
                    and (cardinality(:types::text[]) <> 1 or type = (:types::text[])[1])
                    and (cardinality(:categories::text[]) = 0 or category = any(:categories))
                    and (:unit::text is null or visible_to @> array[:unit::text])
                    and (:west::float8 is null or location && st_makeenvelope(:west, :south, :east, :north, 4326))
                    and (:from::timestamptz is null or (opened_at >= :from and id >= dispatch.lowest_id_at(:from)))
                    and (:to::timestamptz is null
                         or (opened_at < :to and id < dispatch.lowest_id_at(:to::timestamptz + interval '1 millisecond')))
                    and (:before::uuid is null or id < :before)
                    and (not :searched or id = any(:foundIncidents::uuid[])
                         or type = any(:foundTypes::text[]) or visible_to && :foundUnits::text[])
                    and (not :ofIncidentsOnly or id = any(:foundIncidents::uuid[]))
                    and (:number::text is null
                         or (starts_with(number, :number) and id >= dispatch.lowest_id_at(:numberFrom) and id < dispatch.lowest_id_at(:numberTo)))
                  order by id desc
                  limit :rows) i
            left join dispatch.incident_type_view t on t.code = i.type
            order by i.id desc
            """;

    // Index: the primary key of one partition, and of one for each incident near it
    private static final String ONE = """
            select i.id, i.number, i.version, i.status, i.opened_at, i.closed_at, i.type, t.name_zh, t.name_en, i.category,
                   i.board, st_x(i.location) as longitude, st_y(i.location) as latitude, st_asgeojson(i.footprint) as footprint,
                   i.grid_code, i.commanding_unit, i.report_count, i.people_affected, i.people_basis, i.area_km2, i.grade,
                   i.picture, i.shares, d.merged_into, s.next_report_by,
                   (select coalesce(json_agg(seen.id), '[]')::text
                    from jsonb_path_query(i.picture::jsonb, '$.openIncidentsNear[*].id') as near (id)
                    cross join lateral (select n.id from dispatch.incident_view n where n.id = (near.id #>> '{}')::uuid limit 1) seen)
                       as seen_near
            from dispatch.incident_view i
            join dispatch.incident_decision_view d on d.id = i.id
            left join dispatch.incident_situation_view s on s.id = i.id
            left join dispatch.incident_type_view t on t.code = i.type
            where i.id = :id
            """;

    // Index: the primary key of one partition
    private static final String TASKS = """
            select id, tier, unit_code, role, status, version, dispatched_at, acknowledge_by, resolve_by, digest, department_code,
                   department_name, board
            from dispatch.task_view
            where incident_id = :id
            order by unit_code, department_code nulls first, id
            """;

    // Index: the primary key of one partition
    private static final String TIMELINE = """
            select sequence, kind, recorded_at, actor, incident_version, status_before, status_after, level, scope,
                   commanding_unit, report_count, people_affected, area_km2, report_id, detail, trace_id
            from dispatch.incident_event_view
            where incident_id = :id and sequence > :after
            order by sequence
            limit :rows
            """;

    private static final String NEAR = "openIncidentsNear";

    private final JdbcClient jdbc;
    private final UnitQueries units;
    private final AllowedCommands allowedCommands;
    private final CheckInQueries checkIns;
    private final FeedbackQueries feedback;
    private final SearchQueries search;

    IncidentQueries(
            JdbcClient jdbc,
            UnitQueries units,
            AllowedCommands allowedCommands,
            CheckInQueries checkIns,
            FeedbackQueries feedback,
            SearchQueries search) {
        this.jdbc = jdbc;
        this.units = units;
        this.allowedCommands = allowedCommands;
        this.checkIns = checkIns;
        this.feedback = feedback;
        this.search = search;
    }

    /** Newest first, in two statements, and three more where a text is searched for. */
    Page<IncidentSummary> list(IncidentFilter filter) {
        return list(filter, meant(filter));
    }

    /** All that match, a portion at a time, newest first: no more than one portion is ever held. */
    void forEachPortion(IncidentFilter filter, int portion, Consumer<List<IncidentSummary>> action) {
        SearchQueries.Meant meant = meant(filter);
        IncidentFilter next = filter.pageAfter(filter.before(), portion);
        while (true) {
            Page<IncidentSummary> page = list(next, meant);
            action.accept(page.items());
            if (page.nextCursor() == null) {
                return;
            }
            next = filter.pageAfter(page.items().getLast().id(), portion);
        }
    }

    private SearchQueries.@Nullable Meant meant(IncidentFilter filter) {
        String text = filter.text();
        return text == null ? null : search.find(text, filter.from());
    }

    private Page<IncidentSummary> list(IncidentFilter filter, SearchQueries.@Nullable Meant meant) {
        Box box = filter.box();
        SearchQueries.NumberRange number = meant == null ? null : meant.number();
        List<Row> rows = Row.list(jdbc.sql(LIST)
                .param("statuses", names(filter.statuses()))
                .param("levels", names(filter.levels()))
                .param("scopes", names(filter.scopes()))
                .param("types", filter.types().toArray(String[]::new))
                .param("categories", names(filter.categories()))
                .param("unit", filter.unit() == null ? null : filter.unit().digits())
                .param("west", box == null ? null : box.west())
                .param("south", box == null ? null : box.south())
                .param("east", box == null ? null : box.east())
                .param("north", box == null ? null : box.north())
                .param("from", moment(filter.from()))
                .param("to", moment(filter.to()))
                .param("before", filter.before())
                .param("searched", meant != null && number == null)
                .param("ofIncidentsOnly", meant != null && meant.isOfIncidentsOnly())
                .param(
                        "foundIncidents",
                        meant == null ? new UUID[0] : meant.incidents().toArray(UUID[]::new))
                .param(
                        "foundTypes",
                        meant == null ? new String[0] : meant.types().toArray(String[]::new))
                .param(
                        "foundUnits",
                        meant == null ? new String[0] : meant.units().toArray(String[]::new))
                .param("number", number == null ? null : number.beginning())
                .param("numberFrom", moment(number == null ? null : number.dayBegins()))
                .param("numberTo", moment(number == null ? null : number.dayEnds()))
                .param("rows", filter.limit() + 1));
        Page<Row> page = Page.of(rows, filter.limit(), row -> row.text("id"));
        NamedUnits names = units.names(page.items().stream()
                .flatMap(row -> Stream.of(row.text("grid_code"), row.text("commanding_unit")))
                .toList());
        return page.map(row -> summary(row, names));
    }

    /** One incident with its tasks and check-ins, as of one moment, in five statements, one more where there are check-ins. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Incident> find(UUID id) {
        return Row.list(jdbc.sql(ONE).param("id", id)).stream().findFirst().map(row -> {
            List<Row> tasks = Row.list(jdbc.sql(TASKS).param("id", id));
            NamedUnits names = units.names(Stream.of(
                            Stream.of(row.text("grid_code"), row.text("commanding_unit")),
                            row.json("shares")
                                    .valueStream()
                                    .map(share -> share.get("grid").asString()),
                            tasks.stream().map(task -> task.text("unit_code")),
                            Stream.ofNullable(locationUnit(row)))
                    .flatMap(codes -> codes)
                    .toList());
            return incident(row, tasks, names, checkIns.ofIncident(id), feedback.ofIncident(id));
        });
    }

    /** From the first line on, in two statements. Empty at the beginning only if there is no such incident. */
    Page<TimelineEntry> timeline(UUID id, long after, int limit) {
        List<Row> rows = Row.list(
                jdbc.sql(TIMELINE).param("id", id).param("after", after).param("rows", limit + 1));
        Page<Row> page = Page.of(rows, limit, row -> row.text("sequence"));
        NamedUnits names = units.names(
                page.items().stream().map(row -> row.text("commanding_unit")).toList());
        return page.map(row -> timelineEntry(row, names));
    }

    static IncidentSummary summary(Row row, NamedUnits names) {
        Instant openedAt = row.instant("opened_at");
        return new IncidentSummary(
                row.uuid("id"),
                row.text("number"),
                row.text("type"),
                typeNames(row),
                row.constant("category", IncidentCategory.class),
                row.text("board"),
                row.constant("status", IncidentStatus.class),
                row.integer("version"),
                openedAt,
                row.findInstant("closed_at"),
                location(row),
                row.decimal("area_km2"),
                peopleAffected(row),
                new GradeSummary(
                        row.findConstant("level", Level.class),
                        row.findConstant("scope", HandlingScope.class),
                        row.integer("grading_version"),
                        row.integer("catalogue_version"),
                        row.longInteger("map_version"),
                        row.flag("corroborated"),
                        row.flag("needs_person")),
                names.at(row.text("commanding_unit"), openedAt),
                names.chain(row.text("grid_code"), openedAt),
                row.integer("report_count"));
    }

    private Incident incident(Row row, List<Row> tasks, NamedUnits names, List<CheckIn> summoned, List<Feedback> said) {
        Instant openedAt = row.instant("opened_at");
        return new Incident(
                row.uuid("id"),
                row.text("number"),
                row.text("type"),
                typeNames(row),
                row.constant("category", IncidentCategory.class),
                row.text("board"),
                row.constant("status", IncidentStatus.class),
                row.integer("version"),
                openedAt,
                row.findInstant("closed_at"),
                row.findUuid("merged_into"),
                location(row),
                locationUnit(row) == null ? null : names.at(requireNonNull(locationUnit(row)), openedAt),
                row.findJson("footprint"),
                row.decimal("area_km2"),
                peopleAffected(row),
                MessageJson.MAPPER.treeToValue(row.json("grade"), Grade.class),
                names.at(row.text("commanding_unit"), openedAt),
                row.findInstant("next_report_by"),
                names.chain(row.text("grid_code"), openedAt),
                row.json("shares")
                        .valueStream()
                        .map(share -> new Incident.GridShare(
                                names.at(share.get("grid").asString(), openedAt),
                                share.get("area").asDouble(),
                                share.get("people").asDouble()))
                        .toList(),
                tasks.stream().map(task -> task(task, names)).toList(),
                summoned,
                said,
                picture(row),
                row.integer("report_count"),
                allowedCommands.onIncident(
                        row.constant("status", IncidentStatus.class),
                        row.text("commanding_unit"),
                        workingUnits(tasks)));
    }

    private static List<String> workingUnits(List<Row> tasks) {
        return tasks.stream()
                .filter(task -> task.constant("role", TaskRole.class) != TaskRole.NOTIFY
                        && task.constant("status", TaskStatus.class) != TaskStatus.RETURNED)
                .map(task -> task.text("unit_code"))
                .toList();
    }

    /** What was near when it was opened, without the incidents that this reader does not see. */
    private static JsonNode picture(Row row) {
        JsonNode picture = row.json("picture");
        if (picture.get(NEAR) instanceof ArrayNode near) {
            Set<String> seen =
                    row.json("seen_near").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
            near.removeIf(other -> !seen.contains(other.path("id").asString()));
        }
        return picture;
    }

    private static Incident.Task task(Row row, NamedUnits names) {
        Instant dispatchedAt = row.instant("dispatched_at");
        return new Incident.Task(
                row.uuid("id"),
                row.constant("tier", Tier.class),
                names.at(row.text("unit_code"), dispatchedAt),
                row.constant("role", TaskRole.class),
                row.constant("status", TaskStatus.class),
                row.integer("version"),
                dispatchedAt,
                row.findInstant("acknowledge_by"),
                row.findInstant("resolve_by"),
                row.flag("digest"),
                CalledDepartment.find(row),
                row.findText("board"));
    }

    private static TimelineEntry timelineEntry(Row row, NamedUnits names) {
        Instant recordedAt = row.instant("recorded_at");
        return new TimelineEntry(
                row.longInteger("sequence"),
                row.text("kind"),
                recordedAt,
                row.text("actor"),
                row.integer("incident_version"),
                row.findConstant("status_before", IncidentStatus.class),
                row.constant("status_after", IncidentStatus.class),
                row.findConstant("level", Level.class),
                row.findConstant("scope", HandlingScope.class),
                names.at(row.text("commanding_unit"), recordedAt),
                row.integer("report_count"),
                row.longInteger("people_affected"),
                row.decimal("area_km2"),
                row.findUuid("report_id"),
                row.json("detail"),
                row.findText("trace_id"));
    }

    private static TypeNames typeNames(Row row) {
        return new TypeNames(row.findText("name_zh"), row.findText("name_en"));
    }

    private static Position location(Row row) {
        return new Position(row.decimal("longitude"), row.decimal("latitude"));
    }

    /** Of what the picture says, as long as the incident lies there: a split may have moved it to where another report is. */
    private static @Nullable String locationUnit(Row row) {
        JsonNode located = row.json("picture").path("locatedBy");
        Position place = location(row);
        return located.at("/position/longitude").asDouble(Double.NaN) == place.longitude()
                        && located.at("/position/latitude").asDouble(Double.NaN) == place.latitude()
                ? located.path("unitCode").asString()
                : null;
    }

    private static PeopleAffected peopleAffected(Row row) {
        return new PeopleAffected(row.longInteger("people_affected"), row.constant("people_basis", Basis.class));
    }

    private static String[] names(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime moment(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
