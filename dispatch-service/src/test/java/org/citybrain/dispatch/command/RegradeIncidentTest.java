package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.util.Map;
import java.util.UUID;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;

/** Another level or scope, by a person. */
class RegradeIncidentTest extends CommandsOverHttp {

    @Test
    void a_person_lowers_and_the_same_inputs_do_not_undo_it_but_graver_ones_do() throws Exception {
        UUID incident = open(report().people(640));
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("commanding_unit", "50");

        assertThat(post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"a drill\", \"level\": \"IV\"}")
                        .status())
                .isEqualTo(200);
        assertThat(row(incident))
                .containsEntry("level", "IV")
                .containsEntry("commanding_unit", "500103")
                .containsEntry("graded_by_person", true)
                .containsEntry("ruled_level", "II");
        assertThat(
                        one(
                                "select grade -> 'regraded' ->> 'by' as by, grade -> 'regraded' ->> 'reason' as reason, "
                                        + "grade ->> 'level' as level, grade -> 'axes' -> 0 ->> 'level' as axis from dispatch.incident"))
                .isEqualTo(Map.of("by", "person:city-operator", "reason", "a drill", "level", "IV", "axis", "II"));
        assertThat(tasks(incident))
                .containsExactly(
                        "50 NOTIFY DISPATCHED",
                        "500103 COMMAND DISPATCHED",
                        "500103001 COORDINATE DISPATCHED",
                        "500103001001 NOTIFY DISPATCHED",
                        "500103001001001 EXECUTE DISPATCHED");
        assertThat(all("select distinct round(extract(epoch from resolve_by - dispatched_at) / 3600)::text from "
                        + "dispatch.task where role <> 'NOTIFY'"))
                .containsExactly("24");

        process(report().people(640));
        process(report().people(900).from(SourceKind.SENSOR, "gw-2"));
        assertThat(row(incident))
                .containsEntry("level", "IV")
                .containsEntry("version", 2)
                .containsEntry("report_count", 3)
                .containsEntry("commanding_unit", "500103");
        assertThat(tasks(incident)).contains("50 NOTIFY DISPATCHED");

        process(report().people(1_200));
        assertThat(row(incident))
                .containsEntry("level", "I")
                .containsEntry("version", 3)
                .containsEntry("graded_by_person", false)
                .containsEntry("commanding_unit", "50");
        assertThat(tasks(incident)).contains("50 COMMAND DISPATCHED", "500103001001 COORDINATE DISPATCHED");
    }

    @Test
    void a_person_raises_and_a_lesser_grade_of_the_rule_does_not_lower_it() throws Exception {
        UUID incident = open(report().people(20));

        assertThat(post(DISTRICT, incident, "regrade", "k-1", 1, "{\"reason\": \"a dam above\", \"level\": \"II\"}")
                        .status())
                .isEqualTo(200);
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("commanding_unit", "50");
        process(report().people(150));
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("version", 2);
        assertThat(tasks(incident)).contains("50 COMMAND DISPATCHED");
    }

    @Test
    void who_is_at_work_stays_at_work_when_the_level_is_lowered() throws Exception {
        UUID incident = open(report().people(640));
        ADMINISTRATOR
                .sql("update dispatch.task set status = 'ACKNOWLEDGED' where unit_code in ('50', '500103001001')")
                .update();

        post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"a drill\", \"level\": \"IV\"}");

        assertThat(tasks(incident))
                .contains(
                        "50 COORDINATE ACKNOWLEDGED",
                        "500103 COMMAND DISPATCHED",
                        "500103001001 COORDINATE ACKNOWLEDGED");
    }

    @Test
    void an_everyday_matter_is_regraded_by_its_scope() throws Exception {
        UUID incident = open(report().type("city.street-lamp"));

        assertThat(post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"x\", \"level\": \"IV\"}")
                        .reason())
                .isEqualTo("BAD_BODY");
        assertThat(post(CITY, incident, "regrade", "k-2", 1, "{\"reason\": \"the whole street\", \"scope\": \"R3\"}")
                        .status())
                .isEqualTo(200);
        assertThat(row(incident)).containsEntry("scope", "R3").containsEntry("commanding_unit", "500103001");
        assertThat(tasks(incident)).contains("500103 NOTIFY DISPATCHED", "500103001 COMMAND DISPATCHED");

        post(CITY, incident, "regrade", "k-3", 2, "{\"reason\": \"one lamp\", \"scope\": \"R1\"}");
        assertThat(row(incident))
                .containsEntry("scope", "R1")
                .containsEntry("commanding_unit", "500103001001001")
                .containsEntry("ruled_scope", "R1");
        assertThat(tasks(incident))
                .containsExactly(
                        "500103 NOTIFY RETURNED",
                        "500103001 COORDINATE DISPATCHED",
                        "500103001001 NOTIFY DISPATCHED",
                        "500103001001001 COMMAND DISPATCHED");

        post(CITY, incident, "regrade", "k-4", 3, "{\"reason\": \"no, the street\", \"scope\": \"R3\"}");
        assertThat(tasks(incident)).contains("500103 NOTIFY DISPATCHED", "500103001 COMMAND DISPATCHED");
    }
}
