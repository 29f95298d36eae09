package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;

/** Two incidents are one. */
class MergeIncidentsTest extends CommandsOverHttp {

    @Test
    void merging_takes_reports_sums_units_and_level_along_and_both_timelines_tell_it() throws Exception {
        UUID first = open(report().inGrid(0).people(640).deaths(1));
        UUID second = open(report().inGrid(3).people(30).lossYuan(5_000).radius(100));
        process(report().inGrid(3).from(SourceKind.SENSOR, "gw-1"));

        Answer answer =
                post(CITY, first, "merge", "k-1", 1, "{\"reason\": \"one burst main\", \"into\": \"" + second + "\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/incident/status").asString()).isEqualTo("MERGED");
        assertThat(answer.json().at("/incident/mergedInto").asString()).isEqualTo(second.toString());
        assertThat(answer.json().at("/other/level").asString()).isEqualTo("II");
        assertThat(answer.json().at("/other/reportCount").asInt()).isEqualTo(3);
        assertThat(row(second))
                .containsEntry("level", "II")
                .containsEntry("commanding_unit", "50")
                .containsEntry("people_reported", 640L)
                .containsEntry("deaths", 1L)
                .containsEntry("loss_yuan", 5_000L)
                .containsEntry("report_count", 3)
                .containsEntry("graded_by_person", false)
                .containsEntry("version", 2);
        assertThat(all("select unnest(unit_codes) from dispatch.incident where status <> 'MERGED'"))
                .containsExactly(SquareCity.grids().get(0), SquareCity.grids().get(3));
        assertThat(all("select distinct incident_id::text from dispatch.report"))
                .containsExactly(second.toString());
        assertThat(tasks(second))
                .contains("50 COMMAND DISPATCHED", SquareCity.grids().get(0) + " EXECUTE DISPATCHED");
        assertThat(tasks(first)).isNotEmpty().allMatch(task -> task.endsWith(" RETURNED"));
        assertThat(timeline(first)).endsWith("MERGED_INTO 2 person:city-operator", "RETURNED 2 person:city-operator");
        assertThat(timeline(second))
                .contains("TOOK_IN 2 person:city-operator", "GRADED 2 rule:grading@1", "DISPATCHED 2 rule:routing@1");
        assertThat(labels(second)).isEmpty();

        assertThat(open(report().inGrid(3))).isEqualTo(second);
    }

    @Test
    void what_a_person_gave_the_merged_one_is_the_least_that_the_other_gets() throws Exception {
        UUID first = open(report().inGrid(0).people(20));
        UUID second = open(report().inGrid(3).people(30));
        post(CITY, first, "regrade", "k-1", 1, "{\"reason\": \"a dam above\", \"level\": \"II\"}");

        post(CITY, first, "merge", "k-2", 2, "{\"reason\": \"one\", \"into\": \"" + second + "\"}");

        assertThat(row(second))
                .containsEntry("level", "II")
                .containsEntry("graded_by_person", true)
                .containsEntry("ruled_level", "IV")
                .containsEntry("commanding_unit", "50");
        assertThat(timeline(second))
                .as("no rule gave it")
                .contains("TOOK_IN 2 person:city-operator", "DISPATCHED 2 rule:routing@1")
                .doesNotContain("GRADED 2 rule:grading@1");
        assertThat(one(
                        "select detail -> 'grade' ->> 'level' as level, detail -> 'grade' -> 'regraded' ->> 'ruledLevel' as ruled "
                                + "from dispatch.incident_event where kind = 'TOOK_IN'"))
                .isEqualTo(Map.of("level", "II", "ruled", "IV"));
    }

    @Test
    void an_incident_of_too_many_reports_is_not_merged() throws Exception {
        UUID first = open(report().inGrid(0));
        UUID second = open(report().inGrid(3));
        ADMINISTRATOR
                .sql("update dispatch.incident set report_count = 20001 where id = :id")
                .param("id", first)
                .update();

        Answer answer = merge(CITY, first, second);

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("TOO_MANY_REPORTS");
        assertThat(row(first)).containsEntry("status", "DISPATCHED");
    }

    @Test
    void labels_follow_into_the_incident_that_goes_on() throws Exception {
        UUID first = open(report().inGrid(0).from(SourceKind.SENSOR, "gw-1").people(20));
        UUID second = open(report().inGrid(3).from(SourceKind.SENSOR, "gw-2").people(30));
        post(CITY, first, "confirm", "k-1", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-2\"]}");
        post(CITY, second, "confirm", "k-2", 1, WHY);

        post(CITY, first, "merge", "k-3", 2, "{\"reason\": \"one\", \"into\": \"" + second + "\"}");

        assertThat(labels(first)).isEmpty();
        assertThat(labels(second)).containsExactly("SENSOR gw-1 CONFIRMED", "SENSOR gw-2 CONFIRMED");
    }

    @Test
    void whoever_reported_one_of_two_merged_incidents_has_not_missed_it() throws Exception {
        UUID first = open(report().inGrid(0).from(SourceKind.SENSOR, "gw-1").people(20));
        UUID second = open(report().inGrid(3).from(SourceKind.SENSOR, "gw-2").people(30));
        post(CITY, first, "confirm", "k-1", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-2\", \"gw-3\"]}");

        assertThat(merge(CITY, first, second).status()).isEqualTo(200);

        assertThat(labels(second)).containsExactly("SENSOR gw-1 CONFIRMED", "SENSOR gw-3 MISSED");
    }

    @Test
    void types_that_do_not_go_together_are_not_merged_nor_is_anything_with_itself_or_with_what_is_closed()
            throws Exception {
        UUID flood = open(report().inGrid(0));
        UUID fire = open(report().inGrid(0).type("fire.building"));
        UUID closed = open(report().inGrid(4));
        UUID there = open(report().inGrid(12));
        post(CITY, closed, "mark-false", "k-0", 1, WHY);

        Answer apart = merge(CITY, flood, fire);
        assertThat(apart.status()).isEqualTo(409);
        assertThat(apart.reason()).isEqualTo("TYPES_APART");
        assertThat(merge(CITY, flood, flood).reason()).isEqualTo("BAD_BODY");
        assertThat(merge(CITY, flood, closed).reason()).isEqualTo("ILLEGAL_MOVE");
        assertThat(merge(CITY, flood, UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(merge(DISTRICT, flood, there).status()).isEqualTo(404);
        assertThat(row(flood)).containsEntry("version", 1);
    }

    @Test
    void what_is_over_takes_nothing_in_before_it_is_reopened() throws Exception {
        UUID goesOn = open(report().inGrid(0));
        UUID over = open(report().inGrid(3));
        ADMINISTRATOR
                .sql("update dispatch.incident set status = 'RESOLVED' where id = :id")
                .param("id", over)
                .update();

        Answer answer = merge(CITY, goesOn, over);

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("ILLEGAL_MOVE");
        assertThat(answer.json().get("expected").asString()).contains("reopen").doesNotContain("merge");
        assertThat(row(goesOn)).containsEntry("status", "DISPATCHED");
        assertThat(merge(CITY, over, goesOn).status())
                .as("what is over may go into what goes on")
                .isEqualTo(200);
    }
}
