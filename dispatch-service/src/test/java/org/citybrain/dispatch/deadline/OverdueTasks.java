package org.citybrain.dispatch.deadline;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes many incidents of a few that have come through the pipeline: copies of their rows, each with ids of its own. */
final class OverdueTasks {

    private final JdbcClient administrator;

    OverdueTasks(JdbcClient administrator) {
        this.administrator = administrator;
    }

    /** So many copies of every incident that there is, with its tasks. */
    void copyEach(int copies) {
        administrator
                .sql("""
                        insert into dispatch.incident (%1$s, id, number)
                        select %1$s, %2$s, nextval('dispatch.incident_number')
                        from dispatch.incident row cross join generate_series(1, :copies) as copy (n)
                        """.formatted(columns("incident", "'id', 'number'"), copied("row.id")))
                .param("copies", copies)
                .update();
        administrator
                .sql("""
                        insert into dispatch.task (%1$s, incident_id, id)
                        select %1$s, %2$s, %3$s
                        from dispatch.task row cross join generate_series(1, :copies) as copy (n)
                        """.formatted(columns("task", "'id', 'incident_id'"), copied("row.incident_id"), copied("row.id")))
                .param("copies", copies)
                .update();
        administrator.sql("analyze dispatch.incident, dispatch.task").update();
    }

    /** Another id of the same millisecond, so in the same partition. */
    private static String copied(String id) {
        return "overlay((md5(%1$s::text || n)::uuid)::text placing left(%1$s::text, 13) from 1 for 13)::uuid"
                .formatted(id);
    }

    private String columns(String table, String without) {
        List<String> columns = administrator
                .sql("""
                        select column_name from information_schema.columns
                        where table_schema = 'dispatch' and table_name = :table and is_generated = 'NEVER'
                          and column_name not in (%s)
                        order by ordinal_position
                        """.formatted(without))
                .param("table", table)
                .query(String.class)
                .list();
        return columns.stream().collect(Collectors.joining(", "));
    }
}
