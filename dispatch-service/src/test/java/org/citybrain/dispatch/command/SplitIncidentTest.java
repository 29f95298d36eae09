package org.citybrain.dispatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.messages.SourceKind;
import org.junit.jupiter.api.Test;

/** One incident is two. */
class SplitIncidentTest extends CommandsOverHttp {

    @Test
    void a_split_makes_two_of_one_and_each_is_computed_from_its_own_reports() throws Exception {
        UUID small = UUID.randomUUID();
        UUID large = UUID.randomUUID();
        UUID incident = open(report().id(small).people(20).from(SourceKind.SENSOR, "gw-1"));
        process(report().id(large).people(640).deaths(2).from(SourceKind.OPERATOR, "duty-desk"));
        post(CITY, incident, "confirm", "k-0", 2, WHY);
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("version", 3);

        Answer answer = post(
                CITY, incident, "split", "k-1", 3, "{\"reason\": \"two cellars\", \"reports\": [\"" + large + "\"]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        UUID split = UUID.fromString(answer.json().at("/other/id").asString());
        assertThat(row(split))
                .containsEntry("level", "II")
                .containsEntry("people_reported", 640L)
                .containsEntry("deaths", 2L)
                .containsEntry("report_count", 1)
                .containsEntry("version", 1)
                .containsEntry("status", "DISPATCHED");
        assertThat(row(incident))
                .containsEntry("level", "II")
                .containsEntry("graded_by_person", true)
                .containsEntry("ruled_level", "IV")
                .containsEntry("people_reported", 20L)
                .containsEntry("deaths", null)
                .containsEntry("report_count", 1)
                .containsEntry("version", 4);
        assertThat(all("select unnest(sources) from dispatch.incident where id = '" + incident + "'"))
                .as("whoever confirmed it still stands for it")
                .containsExactly("OPERATOR:city-operator", "SENSOR:gw-1");
        assertThat(all("select report_id || ' ' || incident_id from dispatch.report"))
                .containsExactlyInAnyOrder(small + " " + incident, large + " " + split);
        assertThat(timeline(incident)).contains("SPLIT 4 person:city-operator");
        assertThat(timeline(split))
                .containsExactly(
                        "OPENED 1 person:city-operator", "GRADED 1 rule:grading@1", "DISPATCHED 1 rule:routing@1");
        assertThat(tasks(split)).hasSize(5).contains("50 COMMAND DISPATCHED");
        assertThat(labels(incident)).containsExactly("SENSOR gw-1 CONFIRMED");
        assertThat(labels(split)).containsExactly("OPERATOR duty-desk CONFIRMED");
        assertThat(all(
                        "select near ->> 'id' from dispatch.incident, json_array_elements(picture -> 'openIncidentsNear') near "
                                + "where id = '" + split + "'"))
                .as("its picture shows what it was split off")
                .containsExactly(incident.toString());

        post(CITY, incident, "regrade", "k-2", 4, "{\"reason\": \"what is left is small\", \"level\": \"IV\"}");
        assertThat(row(incident)).containsEntry("level", "IV").containsEntry("commanding_unit", "500103");
    }

    @Test
    void when_the_opening_report_leaves_both_lie_where_their_own_reports_lie() throws Exception {
        double west = SquareCity.longitudeOf(2) - 0.0007;
        double east = SquareCity.longitudeOf(2) + 0.0007;
        UUID opening = UUID.randomUUID();
        UUID incident = open(report().id(opening).at(west, SquareCity.latitude()));
        assertThat(open(report().at(east, SquareCity.latitude()))).isEqualTo(incident);

        UUID split = UUID.fromString(
                post(CITY, incident, "split", "k-1", 1, "{\"reason\": \"two\", \"reports\": [\"" + opening + "\"]}")
                        .json()
                        .at("/other/id")
                        .asString());

        assertThat(split).isNotEqualTo(incident);
        assertThat(open(report().at(west - 0.0001, SquareCity.latitude()))).isEqualTo(split);
        assertThat(open(report().at(east + 0.0001, SquareCity.latitude()))).isEqualTo(incident);
    }

    @Test
    void an_incident_that_loses_one_place_after_the_other_lies_where_its_last_report_lies() throws Exception {
        UUID west = UUID.randomUUID();
        UUID middle = UUID.randomUUID();
        double center = SquareCity.longitudeOf(2);
        UUID incident = open(report().id(west).at(center - 0.0007, SquareCity.latitude()));
        assertThat(open(report().id(middle).at(center, SquareCity.latitude()))).isEqualTo(incident);
        assertThat(open(report().at(center + 0.0007, SquareCity.latitude()))).isEqualTo(incident);

        split(incident, west);
        UUID second = split(incident, middle);

        assertThat(one("select st_x(location) as longitude from dispatch.incident where id = '" + incident + "'"))
                .containsEntry("longitude", center + 0.0007);
        assertThat(open(report().at(center - 0.0001, SquareCity.latitude()))).isEqualTo(second);
    }

    @Test
    void both_halves_of_a_split_wander_by_the_policy() throws Exception {
        putInForce(2, Instant.parse("2026-01-02T00:00:00Z"), """
                {"goesTogether": [], "mergeableForDays": 30, "source": "policy default",
                 "distances": [{"types": ["fire.*"], "meters": 1200, "minutes": 60, "wandersMeters": 4000, "source": "policy default"}]}
                """);
        try {
            UUID opening = UUID.randomUUID();
            UUID incident = open(fire(0).id(opening));
            assertThat(open(fire(1_100))).isEqualTo(incident);
            assertThat(open(fire(1_110))).isEqualTo(incident);
            split(incident, opening);
            assertThat(count("dispatch.incident where positions is null and id = '" + incident + "'"))
                    .as("two places ten metres apart are one")
                    .isEqualTo(1);

            UUID one = UUID.randomUUID();
            UUID other = UUID.randomUUID();
            UUID far = open(fire(7_000));
            assertThat(open(fire(8_100).id(one))).isEqualTo(far);
            assertThat(open(fire(9_200).id(other))).isEqualTo(far);
            UUID half = split(far, one, other);
            assertThat(open(fire(10_300)))
                    .as("near where the new one was seen last")
                    .isEqualTo(half);
        } finally {
            removePolicies();
        }
    }

    @Test
    void an_incident_is_split_and_merged_by_the_policies_that_it_was_opened_with() throws Exception {
        try {
            putInForce(2, Instant.parse("2026-01-02T00:00:00Z"), """
                    {"goesTogether": [["fire.building", "gas.leak"]], "mergeableForDays": 30, "source": "policy default"}
                    """);
            UUID opening = UUID.randomUUID();
            double center = SquareCity.longitudeOf(2);
            UUID flood = open(report().id(opening).at(center - 0.0007, SquareCity.latitude()));
            assertThat(open(report().at(center + 0.0007, SquareCity.latitude())))
                    .isEqualTo(flood);
            UUID fire = open(report().inGrid(5).type("fire.building"));
            UUID leak = open(report().inGrid(8).type("gas.leak"));
            putInForce(3, Instant.now(), """
                    {"goesTogether": [], "mergeableForDays": 30, "source": "policy default",
                     "distances": [{"types": ["flood.*"], "meters": 20, "minutes": 60, "source": "policy default"}]}
                    """);

            split(flood, opening);

            assertThat(open(report().at(center + 0.0017, SquareCity.latitude())))
                    .as("a hundred metres from where it lies now")
                    .isEqualTo(flood);
            assertThat(merge(CITY, leak, fire).status()).isEqualTo(200);
        } finally {
            removePolicies();
        }
    }

    @Test
    void split_off_and_merged_again_and_split_off_again_each_report_counts_once() throws Exception {
        UUID taken = UUID.randomUUID();
        UUID incident = open(report().people(10));
        process(report().id(taken).people(20));
        String split = "{\"reason\": \"two\", \"reports\": [\"" + taken + "\"]}";

        UUID off = other(post(CITY, incident, "split", "k-1", 1, split));
        assertThat(merge(CITY, off, incident).status()).isEqualTo(200);
        int version = (int) row(incident).get("version");
        UUID offAgain = other(post(CITY, incident, "split", "k-2", version, split));

        assertThat(offAgain).isNotIn(off, incident);
        assertCountedOnce(2);
    }

    @Test
    void all_of_its_reports_cannot_be_split_off_nor_anothers() throws Exception {
        UUID mine = UUID.randomUUID();
        UUID foreign = UUID.randomUUID();
        UUID incident = open(report().id(mine));
        open(report().id(foreign).inGrid(5));

        assertThat(post(CITY, incident, "split", "k", 1, "{\"reason\": \"x\", \"reports\": [\"" + mine + "\"]}")
                        .json()
                        .get("expected")
                        .asString())
                .contains("at least one stays");
        assertThat(post(CITY, incident, "split", "k", 1, "{\"reason\": \"x\", \"reports\": [\"" + foreign + "\"]}")
                        .json()
                        .get("value")
                        .asString())
                .isEqualTo(foreign.toString());
    }

    @Test
    void while_reports_flow_in_incidents_are_merged_and_split_and_no_report_is_lost_or_counts_twice() throws Exception {
        UUID survivor = open(report().inGrid(1).people(5));
        int batches = 40;
        try (ExecutorService flow = Executors.newSingleThreadExecutor()) {
            Future<?> flowing = flow.submit(() -> {
                for (int batch = 0; batch < batches; batch++) {
                    process(
                            report().inGrid(1).people(batch).radius(50 + batch),
                            report().inGrid(4).people(batch).radius(30),
                            report().inGrid(4).from(SourceKind.SENSOR, "gw-1"));
                }
            });
            int merged = 0;
            int split = 0;
            while (!flowing.isDone()) {
                for (String other : all("select id::text from dispatch.incident where closed_at is null and id <> '"
                        + survivor + "'")) {
                    if (merge(CITY, UUID.fromString(other), survivor).status() == 200) {
                        merged++;
                    }
                }
                List<String> last = all("select report_id::text from dispatch.report where incident_id = '" + survivor
                        + "' order by received_at desc limit 1");
                int version = (int) row(survivor).get("version");
                if (post(
                                        CITY,
                                        survivor,
                                        "split",
                                        UUID.randomUUID().toString(),
                                        version,
                                        "{\"reason\": \"x\", \"reports\": [\"" + last.getFirst() + "\"]}")
                                .status()
                        == 200) {
                    split++;
                }
            }
            flowing.get(1, TimeUnit.MINUTES);
            assertThat(merged).as("merges that hit the flow").isPositive();
            assertThat(split).as("splits that hit the flow").isPositive();
        }

        assertCountedOnce(1 + 3 * batches);
        Map<String, Long> outcomes = new HashMap<>();
        ADMINISTRATOR
                .sql("select outcome, sum(reports) as reports from dispatch.batch_outcome group by outcome")
                .query(row -> {
                    outcomes.put(row.getString("outcome"), row.getLong("reports"));
                });
        assertThat(outcomes.keySet()).isSubsetOf("OPENED", "MERGED");
        assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1 + 3L * batches);
        assertThat(count("(select incident_id, incident_version, transaction_id, lag(incident_version) over "
                        + "(partition by incident_id order by transaction_id, sequence) as before from "
                        + "dispatch.incident_event) v where before > incident_version"))
                .as("versions that would be published out of order")
                .isZero();
    }
}
