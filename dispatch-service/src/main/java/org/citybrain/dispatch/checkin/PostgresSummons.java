package org.citybrain.dispatch.checkin;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.Department;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Summons in dispatch.check_in that nobody answers any more. */
@Component
class PostgresSummons {

    /** Expects check_in_summoned, which holds what waits and no more, and the primary key of dispatch.incident. */
    private static final String LIST = """
            select distinct incident_id
            from (select c.incident_id
                  from dispatch.check_in c
                  where c.status = 'SUMMONED' and c.absent_from <= :now
                  union all
                  select c.incident_id
                  from dispatch.check_in c join dispatch.incident i on i.id = c.incident_id
                  where c.status = 'SUMMONED' and i.closed_at is not null) as unanswered
            order by incident_id
            limit :most
            """;

    /** Under the locks of these incidents: what another instance has ended meanwhile is not SUMMONED any more. */
    private static final String END = """
            update dispatch.check_in c
            set version = c.version + 1, ended_at = :now,
                status = case when c.due_at <= coalesce(i.closed_at, :now) then 'ABSENT' else 'RELEASED' end
            from dispatch.incident i
            where i.id = c.incident_id and c.incident_id = any(:incidents) and c.status = 'SUMMONED'
              and (c.absent_from <= :now or i.closed_at is not null)
            returning c.id, c.incident_id, c.status, c.department_code, c.department_name, c.whistled_unit, c.due_at, i.routing_version
            """;

    private final JdbcClient jdbc;

    PostgresSummons(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Incidents with a summons that nobody has answered in time, or that the incident's end has overtaken. */
    List<UUID> listUnanswered(Instant now, int most) {
        return jdbc.sql(LIST)
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query((row, i) -> row.getObject("incident_id", UUID.class))
                .list();
    }

    /** Ends what is unanswered in these incidents, which are locked: absent where it was due, else released. */
    List<Ended> end(Collection<UUID> incidents, Instant now) {
        return jdbc.sql(END)
                .param("now", Timestamp.from(now))
                .param("incidents", incidents.toArray(UUID[]::new))
                .query((row, i) -> new Ended(
                        row.getObject("id", UUID.class),
                        row.getObject("incident_id", UUID.class),
                        CheckInStatus.valueOf(row.getString("status")),
                        new Department(row.getString("department_code"), row.getString("department_name")),
                        row.getString("whistled_unit"),
                        row.getTimestamp("due_at").toInstant(),
                        row.getInt("routing_version")))
                .list();
    }

    /**
     * A summons that has ended.
     *
     * @param status ABSENT or RELEASED
     * @param routingVersion of the policy that said when it was due
     */
    record Ended(
            UUID id,
            UUID incidentId,
            CheckInStatus status,
            Department department,
            String whistledUnit,
            Instant dueAt,
            int routingVersion) {}
}
