package org.citybrain.dispatch.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.citybrain.dispatch.KeptPlan;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresOpenIncidentsTest {

    private final Database database = Infrastructure.shared().newDatabase();

    /** Planned in an empty month, as every one begins, and kept while it fills. */
    @Test
    void incidents_are_read_by_their_ids_whatever_else_is_open() throws SQLException {
        JdbcClient.create(database.administratorDataSource()).sql("analyze").update();

        assertThat(KeptPlan.explain(
                        database,
                        "uuid[]",
                        PostgresOpenIncidents.READ.replace(":ids", "$1"),
                        "array[gen_random_uuid()]"))
                .filteredOn(line -> line.contains("Scan"))
                .isNotEmpty()
                .allMatch(line -> line.contains("_pkey"));
    }
}
