package org.citybrain.api.running;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An incident to be stored: a waterlogging of level II in one grid, unless said otherwise. */
public final class StoredIncident {

    /** As dispatch-service writes it. */
    public static final String GRADE = """
            {"level": "II", "policyVersion": 1, "catalogueVersion": 1, "mapVersion": 1, "corroborated": true,
             "needsPerson": false, "axes": [{"axis": "PEOPLE", "value": 640, "unit": "people at risk", "basis": "REPORTED",
             "threshold": 500, "level": "II", "source": "geo-hazard plan"}],
             "inputs": {"type": {"code": "flood.waterlogging", "category": "NATURAL_DISASTER", "people": 20,
                                 "areaSquareKilometers": 0.02, "level": "IV", "keyPlaceRaises": true},
                        "peopleReported": 640, "keyPlaces": 0, "nothingKnown": false,
                        "sources": [{"kind": "GRID_WORKER", "id": "grid-worker"}], "communities": 1, "streets": 1}}
            """;

    private final JdbcClient jdbc;
    private final Instant openedAt;
    private long rest;
    private String status = "DISPATCHED";
    private String type = "flood.waterlogging";
    private String category = "NATURAL_DISASTER";
    private @Nullable String level = "II";
    private @Nullable String scope;
    private String[] grids = {Stored.GRID};
    private double longitude = 106.55;
    private double latitude = 29.55;
    private @Nullable String footprint;

    StoredIncident(JdbcClient jdbc, Instant openedAt) {
        this.jdbc = jdbc;
        this.openedAt = openedAt;
    }

    public StoredIncident rest(long rest) {
        this.rest = rest;
        return this;
    }

    public StoredIncident status(String status) {
        this.status = status;
        return this;
    }

    public StoredIncident level(String level) {
        this.level = level;
        return this;
    }

    public StoredIncident type(String type, String category) {
        this.type = type;
        this.category = category;
        return this;
    }

    public StoredIncident everyday(String type, String scope) {
        this.type = type;
        this.category = "EVERYDAY";
        this.level = null;
        this.scope = scope;
        return this;
    }

    /** The grids that its footprint touches; it lies in the first. */
    public StoredIncident grids(String... grids) {
        this.grids = grids;
        return this;
    }

    public StoredIncident at(double longitude, double latitude) {
        this.longitude = longitude;
        this.latitude = latitude;
        return this;
    }

    public StoredIncident footprint(String wellKnownText) {
        this.footprint = wellKnownText;
        return this;
    }

    /** Returns its id. */
    public UUID store() {
        UUID id = Stored.idAt(openedAt, rest);
        boolean closed = status.equals("CLOSED") || status.equals("FALSE_ALARM") || status.equals("MERGED");
        jdbc.sql("""
                        insert into dispatch.incident (id, version, status, opened_at, closed_at, type, category, board, location,
                            grid_code, unit_codes, visible_to, commanding_unit, level, scope, needs_person, corroborated, correlation_cell,
                            first_occurred_at, last_occurred_at, report_count, sources, footprint, nothing_known,
                            people_affected, people_basis, area_km2, area_basis, grade, picture, grading_version,
                            routing_version, correlation_version, catalogue_version, map_version, changed_at, shares)
                        values (:id, 2, :status, :openedAt, case when :closed then :openedAt end, :type, :category,
                            'SAFETY_AND_RULE_OF_LAW', st_setsrid(st_makepoint(:longitude, :latitude), 4326),
                            :grid, :grids, :visibleTo, '50', :level, :scope, false, true, 1,
                            :openedAt, :openedAt, 4, '{gw-17}', st_geomfromtext(:footprint, 4326), false,
                            640, 'REPORTED', 0.05, 'REPORTED', :grade::json, '{"sensorsNearby": [], "missing": ["dutyStaff"]}', 1,
                            1, 1, 1, 1, :openedAt, json_build_array(json_build_object('grid', :grid::text, 'area', 1, 'people', 1)))
                        """)
                .param("id", id)
                .param("status", status)
                .param("openedAt", openedAt.atOffset(ZoneOffset.UTC))
                .param("closed", closed)
                .param("type", type)
                .param("category", category)
                .param("longitude", longitude)
                .param("latitude", latitude)
                .param("grid", grids[0])
                .param("grids", grids)
                .param("visibleTo", visibleTo())
                .param("level", level)
                .param("scope", scope)
                .param("footprint", footprint)
                .param("grade", GRADE)
                .update();
        return id;
    }

    /** As dispatch-service has it: the grids and all above them. */
    private String[] visibleTo() {
        return Arrays.stream(grids)
                .flatMap(grid -> new UnitCode(grid).chain().stream())
                .map(UnitCode::digits)
                .distinct()
                .toArray(String[]::new);
    }
}
