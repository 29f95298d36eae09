package org.citybrain.dispatch.command.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the timeline is read for who has worked on an incident. What is found is proven with the commands. */
class WorkQueriesTest {

    /** Of 5,000 incidents the lines of four commands each, of this month. */
    private static final String LINES = """
            insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_after, commanding_unit,
                report_count, people_affected, area_km2, detail)
            select (lpad(to_hex((extract(epoch from :now::timestamptz) * 1000)::bigint), 12, '0') || '80008000' || lpad(to_hex(n / 4), 12, '0'))::uuid,
                   :now, (array['OPENED', 'ACKNOWLEDGED', 'RESOLVED', 'VERIFIED'])[n % 4 + 1], 1, 'person:' || n % 4, 'DISPATCHED', '50', 1, 1, 0, '{}'
            from generate_series(0, 19999) n
            """;

    private final Database database = Infrastructure.shared().newDatabase();
    private final Instant now = Instant.now();

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void only_the_lines_of_the_incident_are_read_however_many_others_there_are(String mode) throws SQLException {
        JdbcClient administrator = JdbcClient.create(database.administratorDataSource());
        administrator.sql(LINES).param("now", now.atOffset(ZoneOffset.UTC)).update();
        administrator.sql("analyze dispatch.incident_event").update();

        List<String> plan = explain(mode);

        assertThat(plan).anyMatch(line -> line.contains("actual rows=1"));
        assertThat(plan)
                .noneMatch(line -> line.contains("Seq Scan") && !line.contains("never executed"))
                .noneMatch(line -> line.contains("Hash Join") || line.contains("Merge Join"));
    }

    private List<String> explain(String mode) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.dataSource(ServiceLogin.DISPATCH).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = " + mode);
            statement.execute("prepare work(uuid, text) as "
                    + WorkQueries.LAST.replace(":incident", "$1").replace(":actor", "$2"));
            String incident = "%012x80008000%012x".formatted(now.toEpochMilli(), 77);
            try (ResultSet row = statement.executeQuery(
                    "explain (analyze, costs off, timing off) execute work('" + incident + "', 'person:2')")) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
        }
        return lines;
    }
}
