package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database holds, judged by the client's own list. */
final class StoredReports {

    private final JdbcClient database;

    StoredReports(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** Each accepted report is there exactly once; of those given up none is there twice; nothing else is there. */
    void areExactly(Set<UUID> accepted, Set<UUID> givenUp) {
        Map<UUID, Integer> times = database
                .sql("select report_id, count(*) as times from dispatch.report group by report_id")
                .query((row, number) -> Map.entry(row.getObject("report_id", UUID.class), row.getInt("times")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(times.keySet()).containsAll(accepted);
        assertThat(times.values()).allMatch(count -> count == 1);
        times.keySet().removeAll(accepted);
        assertThat(givenUp).containsAll(times.keySet());
        assertThat(number("select count(*) from dispatch.parked_report")).isZero();
    }

    /** Each stored report counts in its incident once, and each stands in one timeline once. */
    void countOnceInTheirIncidents() {
        long reports = number("select count(*) from dispatch.report");
        assertThat(number("select sum(report_count) from dispatch.incident")).isEqualTo(reports);
        assertThat(number("""
                select count(*) from (
                    select i.id from dispatch.incident i join dispatch.report r on r.incident_id = i.id
                    group by i.id, i.report_count having count(*) <> i.report_count) wrong""")).isZero();
        assertThat(number("""
                select count(distinct report_id) from dispatch.incident_event where kind in ('OPENED', 'MERGED')""")).isEqualTo(reports);
    }

    long timelineLines() {
        return number("select count(*) from dispatch.incident_event");
    }

    long number(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
