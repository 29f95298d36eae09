package org.citybrain.dispatch.checkin;

import java.sql.Timestamp;
import java.sql.Types;
import java.util.UUID;
import org.citybrain.dispatch.command.CommandCase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said of incidents when they were over, in dispatch.feedback. Written under the lock of the incident. */
@Component
class PostgresFeedback {

    /** Expects the primary key of dispatch.incident_event. */
    private static final String ROUND = """
            select 1 + count(*) from dispatch.incident_event where incident_id = :incident and kind = 'REOPENED'
            """;

    /** Expects report_by_incident. */
    private static final String HAS_REPORTED = """
            select exists (select from dispatch.report
                           where incident_id = :incident and source_kind in ('GRID_WORKER', 'OPERATOR', 'CITIZEN') and source_id = :person)
            """;

    /** Expects feedback_once. */
    private static final String HAS_SPOKEN = """
            select exists (select from dispatch.feedback
                           where incident_id = :incident and round = :round and given_by = :person and given_as <> 'CITIZEN')
            """;

    private static final String INSERT = """
            insert into dispatch.feedback (incident_id, id, round, solved, satisfaction, text, given_by, given_as, given_at)
            values (:incident, :id, :round, :solved, :satisfaction, :text, :person, :as, :now)
            """;

    private final JdbcClient jdbc;

    PostgresFeedback(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which end of the incident this is: 1, and one more each time that it was reopened. */
    int round(UUID incident) {
        return jdbc.sql(ROUND).param("incident", incident).query(Integer.class).single();
    }

    /** Whether the account is the source of one of its reports. */
    boolean hasReported(UUID incident, String person) {
        return jdbc.sql(HAS_REPORTED)
                .param("incident", incident)
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    /** Whether the person has said of this end of it what they think themselves. */
    boolean hasSpoken(UUID incident, int round, String person) {
        return jdbc.sql(HAS_SPOKEN)
                .param("incident", incident)
                .param("round", round)
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    void insert(CommandCase<Feedback> command, int round, GivenAs as) {
        Feedback order = command.order();
        jdbc.sql(INSERT)
                .param("incident", command.incidentId())
                .param("id", UUID.randomUUID())
                .param("round", round)
                .param("solved", order.isSolved())
                .param("satisfaction", order.satisfaction(), Types.INTEGER)
                .param("text", order.why())
                .param("person", command.person().name())
                .param("as", as.name())
                .param("now", Timestamp.from(command.now()))
                .update();
    }

    /** For whom somebody speaks. */
    enum GivenAs {
        /** One whose account is the source of one of its reports. */
        REPORTER,
        /** A worker of one of its grids. */
        WORKER,
        /** An operator passes a citizen's words on. */
        CITIZEN
    }
}
