package org.citybrain.api.checkin;

import java.util.List;
import java.util.UUID;
import org.citybrain.api.row.Row;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what was said of an incident when it was over. Whoever sees the incident sees it. */
@Component
public class FeedbackQueries {

    // Index: the primary key
    private static final String OF_INCIDENT = """
            select round, solved, satisfaction, text, given_by, given_as, given_at
            from dispatch.feedback_view
            where incident_id = :id
            order by given_at, id
            """;

    private final JdbcClient jdbc;

    FeedbackQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which it was given. */
    public List<Feedback> ofIncident(UUID incidentId) {
        return Row.list(jdbc.sql(OF_INCIDENT).param("id", incidentId)).stream()
                .map(row -> new Feedback(
                        row.integer("round"),
                        row.flag("solved"),
                        row.findText("satisfaction") == null ? null : row.integer("satisfaction"),
                        row.text("text"),
                        row.text("given_by"),
                        row.constant("given_as", Feedback.GivenAs.class),
                        row.instant("given_at")))
                .toList();
    }
}
