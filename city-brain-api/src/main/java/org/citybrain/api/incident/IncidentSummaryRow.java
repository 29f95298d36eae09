package org.citybrain.api.incident;

import java.util.stream.Stream;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;

/** Reads an incident, as the list of incidents has it, from a row. */
public final class IncidentSummaryRow {

    /** What a statement selects of an incident {@code i} and its type {@code y}. */
    public static final String COLUMNS = """
            i.id, i.number, i.version, i.status, i.opened_at, i.closed_at, i.type, y.name_zh, y.name_en, i.category,
                   i.board, st_x(i.location) as longitude, st_y(i.location) as latitude, i.grid_code, i.commanding_unit,
                   i.level, i.scope, i.needs_person, i.corroborated, i.report_count, i.people_affected, i.people_basis,
                   i.area_km2, i.grading_version, i.catalogue_version, i.map_version""";

    private IncidentSummaryRow() {}

    /** The units that have to be named. */
    public static Stream<String> units(Row row) {
        return Stream.of(row.text("grid_code"), row.text("commanding_unit"));
    }

    public static IncidentSummary read(Row row, NamedUnits names) {
        return IncidentQueries.summary(row, names);
    }
}
