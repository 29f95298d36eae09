package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is the same for every command: keys, versions, who, and that a command is carried out once. */
class CommandIncidentTest extends CommandsOverHttp {

    @Autowired
    private PostgresCommandKeys keys;

    @Test
    void the_same_command_again_gets_the_same_answer_and_does_nothing() throws Exception {
        UUID incident = open(report().people(640));
        Answer first = post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"empty\", \"level\": \"IV\"}");
        List<String> timeline = timeline(incident);

        Answer again = post(CITY, incident, "regrade", "k-1", 1, "{ \"level\": \"IV\",\n\"reason\": \"empty\"}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(timeline(incident)).isEqualTo(timeline);
        assertThat(count("dispatch.command")).isEqualTo(1);
    }

    @Test
    void a_key_that_came_with_another_command_is_refused_and_another_persons_key_is_another_key() throws Exception {
        UUID incident = open(report().people(640));
        post(CITY, incident, "confirm", "k-1", 1, WHY);

        Answer otherBody = post(CITY, incident, "confirm", "k-1", 2, "{\"reason\": \"another\"}");
        assertThat(otherBody.status()).isEqualTo(422);
        assertThat(otherBody.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(post(CITY, incident, "mark-false", "k-1", 2, WHY).status()).isEqualTo(422);
        assertThat(post(CITY_TOO, incident, "confirm", "k-1", 2, WHY).status()).isEqualTo(200);
    }

    @Test
    void sent_eight_times_at_one_instant_a_command_is_carried_out_once_and_answered_eight_times() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));
        Set<String> answers = new HashSet<>();
        for (Answer answer :
                atOnce(java.util.Collections.nCopies(8, () -> post(CITY, incident, "confirm", "k-1", 1, WHY)))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answers.add(answer.text());
        }

        assertThat(answers).hasSize(1);
        assertThat(row(incident)).containsEntry("version", 2);
        assertThat(timeline(incident))
                .filteredOn(line -> line.startsWith("CONFIRMED"))
                .hasSize(1);
        assertThat(audit())
                .filteredOn(line -> line.contains(incident.toString()))
                .hasSize(1);
    }

    @Test
    void of_two_people_at_once_one_wins_and_the_other_is_told_by_whom_and_what_it_is_now() throws Exception {
        UUID incident = open(report().people(640));
        List<Answer> answers = atOnce(List.of(
                () -> post(CITY, incident, "regrade", "a", 1, "{\"reason\": \"small\", \"level\": \"III\"}"),
                () -> post(CITY_TOO, incident, "regrade", "b", 1, "{\"reason\": \"large\", \"level\": \"I\"}")));

        Answer won = answers.stream().filter(a -> a.status() == 200).findFirst().orElseThrow();
        Answer lost =
                answers.stream().filter(a -> a.status() == 412).findFirst().orElseThrow();
        assertThat(lost.reason()).isEqualTo("STALE_VERSION");
        assertThat(lost.header("ETag")).isEqualTo("\"2\"");
        assertThat(lost.json().at("/incident/version").asInt()).isEqualTo(2);
        assertThat(lost.json().at("/incident/level")).isEqualTo(won.json().at("/incident/level"));
        assertThat(lost.json().at("/incident/commandingUnit"))
                .isEqualTo(won.json().at("/incident/commandingUnit"));
        assertThat(lost.json().at("/incident/changedBy").asString())
                .isEqualTo(won == answers.getFirst() ? "person:city-operator" : "person:other-city-operator");
        assertThat(row(incident)).containsEntry("version", 2);
    }

    @Test
    void a_command_says_on_which_version_it_was_decided_and_by_which_key_it_is_known() throws Exception {
        UUID incident = open(report());

        assertThat(post(CITY, incident, "confirm", "k-1", null, WHY).status()).isEqualTo(428);
        assertThat(post(CITY, incident, "confirm", null, 1, WHY).status()).isEqualTo(400);
        assertThat(post(CITY, incident, "confirm", "a key", 1, WHY).reason()).isEqualTo("BAD_HEADER");
        assertThat(post(CITY, incident, "confirm", "k".repeat(129), 1, WHY).reason())
                .isEqualTo("BAD_HEADER");
        assertThat(post(CITY, incident, "confirm", "k-1", 7, WHY).status()).isEqualTo(412);
        assertThat(row(incident)).containsEntry("version", 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "confirm | {}",
                "confirm | {\"reason\": \" \"}",
                "confirm | {\"reason\": \"a\\u0000b\"}",
                "confirm | {\"reason\": \"x\", \"missedBy\": [null]}",
                "confirm | {\"reason\": \"x\", \"missedBy\": [\"gw-2\", \"gw-2\"]}",
                "regrade | {\"reason\": \"x\"}",
                "regrade | {\"reason\": \"x\", \"level\": \"I\", \"scope\": \"R1\"}",
                "regrade | {\"reason\": \"x\", \"scope\": \"R1\"}",
                "mark-false | {\"reason\": \"\"}",
                "merge | {\"reason\": \"x\"}",
                "split | {\"reason\": \"x\"}",
                "split | {\"reason\": \"x\", \"reports\": []}",
                "split | {\"reason\": \"x\", \"reports\": [null]}",
                "split | {\"reason\": \"x\", \"reports\": [\"0197c5a0-0000-7000-8000-000000000001\"]}"
            })
    void what_cannot_be_is_refused_with_its_place(String command, String body) throws Exception {
        UUID incident = open(report());

        Answer answer = post(CITY, incident, command, "k-1", 1, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_BODY");
        assertThat(answer.json().get("field").asString()).isNotBlank();
        assertThat(answer.json().get("expected").asString()).isNotBlank();
        assertThat(row(incident)).containsEntry("version", 1);
    }

    @Test
    void anothers_incident_is_not_there_and_only_the_commander_or_above_does_more_than_confirm() throws Exception {
        String refused = person("operator-in-vain", "500103", "OPERATOR");
        UUID incident = open(report().people(640));

        for (String command : List.of("confirm", "regrade", "mark-false", "merge", "split")) {
            String body = "{\"reason\": \"x\", \"level\": \"IV\", \"into\": \"" + UUID.randomUUID()
                    + "\", \"reports\": [\"" + UUID.randomUUID() + "\"]}";
            assertThat(post(OTHER_DISTRICT, incident, command, command, 1, body).status())
                    .as(command)
                    .isEqualTo(404);
        }
        Answer notInCommand = post(refused, incident, "regrade", "k-1", 1, "{\"reason\": \"x\", \"level\": \"IV\"}");
        assertThat(notInCommand.status()).isEqualTo(403);
        assertThat(notInCommand.reason()).isEqualTo("NOT_IN_COMMAND");
        assertThat(post(refused, incident, "mark-false", "k-3", 1, WHY).reason())
                .isEqualTo("NOT_IN_COMMAND");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> count("audit.line where actor = 'operator-in-vain' and result = 'REFUSED:NOT_IN_COMMAND'")
                        == 2);
        assertThat(post(refused, incident, "confirm", "k-2", 1, WHY).status()).isEqualTo(200);
    }

    @Test
    void a_command_that_fails_at_its_very_end_has_done_nothing_and_can_be_sent_again() throws Exception {
        UUID first = open(report().inGrid(0).people(640));
        UUID second = open(report().inGrid(3).people(30));
        String body = "{\"reason\": \"one\", \"into\": \"" + second + "\"}";
        ADMINISTRATOR.sql("alter function audit.append rename to append_away").update();
        try {
            assertThat(post(CITY, first, "merge", "k-1", 1, body).status()).isEqualTo(500);
        } finally {
            ADMINISTRATOR
                    .sql("alter function audit.append_away rename to append")
                    .update();
        }
        assertThat(row(first)).containsEntry("status", "DISPATCHED").containsEntry("version", 1);
        assertThat(row(second)).containsEntry("level", "IV").containsEntry("version", 1);
        assertThat(count("dispatch.command")).isZero();
        assertThat(count("dispatch.incident_event where actor like 'person:%'")).isZero();
        assertCountedOnce(2);

        assertThat(post(CITY, first, "merge", "k-1", 1, body).status()).isEqualTo(200);
        assertThat(row(second)).containsEntry("level", "II").containsEntry("report_count", 2);
    }

    @Test
    void keys_are_kept_for_seven_days() throws Exception {
        UUID incident = open(report());
        post(CITY, incident, "confirm", "k-1", 1, WHY);
        ADMINISTRATOR
                .sql("update dispatch.command set decided_at = :then")
                .param(
                        "then",
                        java.sql.Timestamp.from(
                                Instant.now().minus(Duration.ofDays(7)).minusSeconds(60)))
                .update();

        keys.forget();

        assertThat(count("dispatch.command")).isZero();
    }
}
