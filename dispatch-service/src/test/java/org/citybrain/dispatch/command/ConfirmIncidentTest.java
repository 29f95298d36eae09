package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.util.Map;
import java.util.UUID;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;

/** It is so. */
class ConfirmIncidentTest extends CommandsOverHttp {

    @Test
    void what_waits_at_three_gets_the_level_of_its_inputs_when_a_person_confirms_it() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));
        assertThat(row(incident)).containsEntry("level", "III").containsEntry("corroborated", false);

        Answer answer = post(
                DISTRICT,
                incident,
                "confirm",
                "k-1",
                1,
                "{\"reason\": \"the camera shows it\", \"missedBy\": [\"gw-2\", \"gw-3\"]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(answer.json().at("/incident/level").asString()).isEqualTo("II");
        assertThat(answer.json().at("/incident/changedBy").asString()).isEqualTo("person:district-operator");
        assertThat(row(incident))
                .containsEntry("level", "II")
                .containsEntry("corroborated", true)
                .containsEntry("commanding_unit", "50")
                .containsEntry("version", 2)
                .containsEntry("graded_by_person", false);
        assertThat(timeline(incident))
                .containsExactly(
                        "OPENED 1 rule:correlation@1",
                        "GRADED 1 rule:grading@1",
                        "DISPATCHED 1 rule:routing@1",
                        "CONFIRMED 2 person:district-operator",
                        "GRADED 2 rule:grading@1",
                        "DISPATCHED 2 rule:routing@1");
        assertThat(labels(incident))
                .containsExactly("SENSOR gw-1 CONFIRMED", "SENSOR gw-2 MISSED", "SENSOR gw-3 MISSED");
        assertThat(audit())
                .last()
                .isEqualTo("district-operator incident.confirm " + incident + " DONE the camera shows it");
    }

    @Test
    void a_grid_worker_confirms_in_the_own_grid() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));

        assertThat(post(WORKER, incident, "confirm", "k-1", 1, WHY).status()).isEqualTo(200);
        assertThat(all("select unnest(sources) from dispatch.incident"))
                .contains("GRID_WORKER:grid-worker", "SENSOR:gw-1");
        assertThat(post(WORKER, incident, "mark-false", "k-2", 2, WHY).status()).isEqualTo(403);
        assertThat(post(ANALYST, incident, "confirm", "k-3", 2, WHY).status()).isEqualTo(403);
    }

    @Test
    void a_missing_source_must_be_registered_and_must_not_have_reported() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));

        Answer unknown = post(CITY, incident, "confirm", "k-1", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-77\"]}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().get("value").asString()).isEqualTo("gw-77");
        assertThat(post(CITY, incident, "confirm", "k-1", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-1\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(row(incident)).containsEntry("version", 1);
        assertThat(count("dispatch.command")).isZero();
    }

    @Test
    void citizens_are_not_labelled() throws Exception {
        UUID incident = open(report().from(SourceKind.CITIZEN, "citizen-1"));
        process(report().from(SourceKind.SENSOR, "gw-1"));

        post(CITY, incident, "confirm", "k-1", (Integer) row(incident).get("version"), WHY);

        assertThat(labels(incident)).containsExactly("SENSOR gw-1 CONFIRMED");
    }

    @Test
    void a_confirmation_shows_also_where_a_persons_level_goes_on_holding() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(150));
        post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"a dam above\", \"level\": \"II\"}");
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("corroborated", false);

        post(CITY, incident, "confirm", "k-2", 2, WHY);

        assertThat(row(incident))
                .containsEntry("level", "II")
                .containsEntry("graded_by_person", true)
                .containsEntry("corroborated", true);
        assertThat(one("select grade ->> 'corroborated' as corroborated, grade -> 'regraded' ->> 'reason' as reason "
                        + "from dispatch.incident"))
                .isEqualTo(Map.of("corroborated", "true", "reason", "a dam above"));
    }
}
