package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.util.UUID;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;

/** There is nothing. */
class MarkIncidentFalseTest extends CommandsOverHttp {

    @Test
    void a_false_alarm_is_closed_its_tasks_are_taken_back_and_the_next_report_opens_a_new_one() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));
        post(CITY, incident, "confirm", "k-0", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-2\"]}");

        ADMINISTRATOR
                .sql(
                        "update dispatch.task set department_code = 'fire', department_name = 'Fire brigade' where unit_code = '50'")
                .update();

        Answer answer = post(CITY, incident, "mark-false", "k-1", 2, WHY);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(row(incident)).containsEntry("status", "FALSE_ALARM").containsEntry("version", 3);
        assertThat(all("select distinct status from dispatch.task")).containsExactly("RETURNED");
        assertThat(labels(incident)).containsExactly("SENSOR gw-1 FALSE");
        assertThat(timeline(incident))
                .endsWith("MARKED_FALSE 3 person:city-operator", "RETURNED 3 person:city-operator");
        assertThat(all("select coalesce(t -> 'department' ->> 'code', t ->> 'board') from dispatch.incident_event,"
                        + " json_array_elements(detail -> 'tasks') t where kind = 'RETURNED' and"
                        + " t ->> 'unitCode' in ('50', '500103001') order by t ->> 'unitCode'"))
                .containsExactly(
                        "fire",
                        all("select board from dispatch.task where board is not null")
                                .getFirst());
        assertThat(one("select status_before, status_after, detail -> 'tasks' -> 0 ->> 'status' as task from "
                        + "dispatch.incident_event where kind = 'RETURNED'"))
                .containsEntry("task", "RETURNED");

        Answer again = post(CITY, incident, "confirm", "k-2", 3, WHY);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.reason()).isEqualTo("ILLEGAL_MOVE");
        assertThat(again.json().get("expected").asString()).contains("nothing");
        UUID next = open(report().from(SourceKind.SENSOR, "gw-1"));
        assertThat(next).isNotEqualTo(incident);
    }

    @Test
    void the_gravest_are_the_citys_to_mark_false_also_where_a_person_has_raised_them() throws Exception {
        UUID incident = open(report().people(20));
        post(DISTRICT, incident, "regrade", "k-0", 1, "{\"reason\": \"a dam above\", \"level\": \"II\"}");
        ADMINISTRATOR
                .sql("update dispatch.incident set commanding_unit = '500103'")
                .update();

        Answer refused = post(DISTRICT, incident, "mark-false", "k-1", 2, WHY);

        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.reason()).isEqualTo("CITY_ONLY");
        assertThat(post(CITY, incident, "mark-false", "k-2", 2, WHY).status()).isEqualTo(200);
    }
}
