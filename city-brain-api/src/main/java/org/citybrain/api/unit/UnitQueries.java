package org.citybrain.api.unit;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.citybrain.api.row.Row;
import org.citybrain.messages.UnitCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks units up in one statement, however many there are. */
@Component
public class UnitQueries {

    // Index: by the primary key (code, valid_from)
    private static final String NAMES = """
            select code, name, valid_from, valid_to
            from grid.unit_view
            where code = any(:codes)
            """;

    private final JdbcClient jdbc;

    UnitQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The names of these units and of every unit above them. */
    public NamedUnits names(Collection<String> codes) {
        Set<String> wanted = codes.stream()
                .distinct()
                .flatMap(code -> new UnitCode(code).chain().stream())
                .map(UnitCode::digits)
                .collect(Collectors.toSet());
        return new NamedUnits(Row.list(jdbc.sql(NAMES).param("codes", wanted.toArray(String[]::new))).stream()
                .map(row -> new NamedUnits.Name(
                        row.text("code"), row.text("name"), row.instant("valid_from"), row.findInstant("valid_to")))
                .toList());
    }
}
