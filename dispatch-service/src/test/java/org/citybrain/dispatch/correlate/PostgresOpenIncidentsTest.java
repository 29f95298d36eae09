package org.citybrain.dispatch.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
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

        String id = "'" + IncidentId.ofIncident(Instant.now(), UUID.randomUUID()) + "'::uuid";
        assertThat(KeptPlan.explain(
                        database, "uuid[]", PostgresOpenIncidents.READ.replace(":ids", "$1"), "array[" + id + "]"))
                .filteredOn(line -> line.contains("Index Scan") && !line.contains("never executed"))
                .hasSize(1)
                .allMatch(line -> line.contains("_pkey"));
    }
}
