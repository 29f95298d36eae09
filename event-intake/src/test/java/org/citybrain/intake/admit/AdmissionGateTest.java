package org.citybrain.intake.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.messages.RejectionReason.*;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.citybrain.intake.admit.Verdict.Admitted;
import org.citybrain.intake.admit.Verdict.Refused;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.UnitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionGateTest {

    private final AdmissionGate gate = new Gates().gate();

    /** One line of the table: a spoilt report, the reason of its refusal and the place that is named. */
    record Spoilt(String what, String json, RejectionReason reason, String pointer) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Spoilt> spoilt() {
        String picture = "/9j/4AAQSkZJRgABAQ".repeat(30);
        return Stream.of(
                new Spoilt("nothing", "", MALFORMED, ""),
                new Spoilt("null", "null", MISSING_VALUE, "/source"),
                new Spoilt("an array", "[]", MALFORMED, ""),
                new Spoilt("a word", "report", MALFORMED, ""),
                new Spoilt("half a report", "{\"type\": \"fire", MALFORMED, ""),
                new Spoilt("two reports", Reports.full() + Reports.full(), MALFORMED, ""),
                new Spoilt("NaN", Reports.with("106.25", "NaN"), MALFORMED, ""),
                new Spoilt("a deep nest", "[".repeat(10_000), MALFORMED, ""),
                new Spoilt("a comment", Reports.full().replace("{\"reportId", "/* hi */ {\"reportId"), MALFORMED, ""),
                new Spoilt("text for a number", Reports.with("35", "\"35\""), MALFORMED, "/peopleAffected"),
                new Spoilt("number for a text", Reports.with("\"flood.waterlogging\"", "7"), MALFORMED, "/type"),
                new Spoilt(
                        "text for an object",
                        Reports.with("{\"radiusMeters\": 120}", "\"wide\""),
                        MALFORMED,
                        "/footprint"),
                new Spoilt(
                        "a field twice",
                        Reports.with("\"type\"", "\"type\": \"city.litter\", \"type\""),
                        MALFORMED,
                        "/type"),
                new Spoilt(
                        "a misspelt field",
                        Reports.with("peopleAffected", "peopleAfected"),
                        UNKNOWN_FIELD,
                        "/peopleAfected"),
                new Spoilt(
                        "a misspelt nested field",
                        Reports.with("\"deaths\"", "\"dead\""),
                        UNKNOWN_FIELD,
                        "/casualties/dead"),
                new Spoilt(
                        "an unknown field of the location",
                        Reports.with("\"datum\"", "\"altitude\": 3, \"datum\""),
                        UNKNOWN_FIELD,
                        "/location/altitude"),
                new Spoilt(
                        "no source",
                        Reports.with(
                                "\"source\": {\"kind\": \"SENSOR\", \"id\": \"gw-17\", \"device\": \"flood-0032\"},",
                                ""),
                        MISSING_VALUE,
                        "/source"),
                new Spoilt("no source id", Reports.with("\"id\": \"gw-17\",", ""), MISSING_VALUE, "/source/id"),
                new Spoilt("no type", Reports.with("\"type\": \"flood.waterlogging\",", ""), MISSING_VALUE, "/type"),
                new Spoilt(
                        "null for a time",
                        Reports.with("\"2026-07-01T08:29:00Z\"", "null"),
                        MISSING_VALUE,
                        "/occurredAt"),
                new Spoilt(
                        "no latitude", Reports.with("\"latitude\": 29.25,", ""), MISSING_VALUE, "/location/latitude"),
                new Spoilt("an unknown kind", Reports.with("SENSOR", "DRONE"), IMPOSSIBLE_VALUE, "/source/kind"),
                new Spoilt("a blank id", Reports.with("gw-17", " "), IMPOSSIBLE_VALUE, "/source/id"),
                new Spoilt("a NUL", Reports.with("路面积水", "a\\u0000b"), IMPOSSIBLE_VALUE, "/description"),
                new Spoilt("half a character", Reports.with("路面积水", "a\\ud800b"), IMPOSSIBLE_VALUE, "/description"),
                new Spoilt(
                        "a long description",
                        Reports.with("路面积水", "水 ".repeat(2_001)),
                        IMPOSSIBLE_VALUE,
                        "/description"),
                new Spoilt(
                        "no UUID",
                        Reports.with("3f2b8f64-5f0b-4a52-9c0e-7f4f7b0f6a11", "1-2-3-4-5"),
                        IMPOSSIBLE_VALUE,
                        "/reportId"),
                new Spoilt("a local time", Reports.with("08:29:00Z", "08:29:00"), IMPOSSIBLE_VALUE, "/occurredAt"),
                new Spoilt("half a person", Reports.with("35", "3.5"), IMPOSSIBLE_VALUE, "/peopleAffected"),
                new Spoilt("fewer than nobody", Reports.with("35", "-1"), IMPOSSIBLE_VALUE, "/peopleAffected"),
                new Spoilt("more than mankind", Reports.with("35", "1e300"), IMPOSSIBLE_VALUE, "/peopleAffected"),
                new Spoilt(
                        "negative deaths",
                        Reports.with("\"deaths\": 0", "\"deaths\": -1"),
                        IMPOSSIBLE_VALUE,
                        "/casualties/deaths"),
                new Spoilt(
                        "a longitude off the globe",
                        Reports.with("106.25", "190"),
                        IMPOSSIBLE_VALUE,
                        "/location/longitude"),
                new Spoilt(
                        "a longitude without end",
                        Reports.with("106.25", "1e400"),
                        IMPOSSIBLE_VALUE,
                        "/location/longitude"),
                new Spoilt("a number of a thousand digits", Reports.with("35", "9".repeat(1_000)), MALFORMED, ""),
                new Spoilt("more than sure", Reports.with("0.93", "1.01"), IMPOSSIBLE_VALUE, "/features/0/confidence"),
                new Spoilt(
                        "evidence that is no link",
                        Reports.with("https://media.example/1.jpg", "1.jpg"),
                        IMPOSSIBLE_VALUE,
                        "/evidence/0/uri"),
                new Spoilt(
                        "a digest that is none",
                        Reports.with("9f86d0", "zzzzzz"),
                        IMPOSSIBLE_VALUE,
                        "/evidence/0/sha256"),
                new Spoilt("no radius", Reports.with("120", "0"), IMPOSSIBLE_VALUE, "/footprint/radiusMeters"),
                new Spoilt("a negative radius", Reports.with("120", "-5"), IMPOSSIBLE_VALUE, "/footprint/radiusMeters"),
                new Spoilt(
                        "a radius over 100 km",
                        Reports.with("120", "100001"),
                        IMPOSSIBLE_VALUE,
                        "/footprint/radiusMeters"),
                new Spoilt(
                        "a point for a footprint",
                        Reports.withFootprint("{\"type\": \"Point\", \"coordinates\": [106.25, 29.25]}"),
                        IMPOSSIBLE_VALUE,
                        "/footprint/type"),
                new Spoilt("an unknown source", Reports.with("gw-17", "gw-99"), UNKNOWN_SOURCE, "/source/id"),
                new Spoilt(
                        "an unknown type",
                        Reports.with("flood.waterlogging", "flood.waterloging"),
                        UNKNOWN_TYPE,
                        "/type"),
                new Spoilt(
                        "a type that is not the source's",
                        Reports.with("flood.waterlogging", "city.litter"),
                        TYPE_NOT_REGISTERED,
                        "/type"),
                new Spoilt("no datum", Reports.with(", \"datum\": \"WGS84\"", ""), BAD_DATUM, "/location/datum"),
                new Spoilt("an unknown datum", Reports.with("WGS84", "ED50"), BAD_DATUM, "/location/datum"),
                new Spoilt(
                        "a datum that is not the source's",
                        Reports.with("WGS84", "BD09"),
                        BAD_DATUM,
                        "/location/datum"),
                new Spoilt("a place outside the city", Reports.with("29.25", "30.1"), OUTSIDE_CITY, "/location"),
                new Spoilt(
                        "a place outside the source's units",
                        Reports.with("gw-17", "gw-west").replace("106.25", "106.75"),
                        OUTSIDE_SOURCE_UNITS,
                        "/location"),
                new Spoilt(
                        "a time in the future",
                        Reports.with("08:29:00Z", "08:30:30.001Z"),
                        TIME_IN_FUTURE,
                        "/occurredAt"),
                new Spoilt(
                        "a time too long ago",
                        Reports.with("2026-07-01T08:29:00Z", "2026-06-24T08:29:59Z"),
                        TOO_LATE,
                        "/occurredAt"),
                new Spoilt(
                        "a frame among the features",
                        Reports.with("\"model\": \"m-4\"", "\"frame\": \"AAAA\""),
                        IMAGE_INSTEAD_OF_FEATURES,
                        "/features/0/frame"),
                new Spoilt(
                        "a data URI as evidence",
                        Reports.with("https://media.example/1.jpg", "data:image/jpeg;base64,AAAA"),
                        IMAGE_INSTEAD_OF_FEATURES,
                        "/evidence/0/uri"),
                new Spoilt(
                        "a picture as a class",
                        Reports.with("\"person\"", "\"" + picture + "\""),
                        IMAGE_INSTEAD_OF_FEATURES,
                        "/features/0/class"),
                new Spoilt(
                        "a picture as the description",
                        Reports.with("路面积水", picture),
                        IMAGE_INSTEAD_OF_FEATURES,
                        "/description"),
                new Spoilt(
                        "a picture beside the features",
                        Reports.with("\"peopleAffected\"", "\"image_base64\": \"AAAA\", \"peopleAffected\""),
                        IMAGE_INSTEAD_OF_FEATURES,
                        "/image_base64"));
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void what_is_not_admissible_is_refused_with_one_reason_and_its_place(Spoilt spoilt) {
        Verdict verdict = Gates.judge(gate, spoilt.json());

        assertThat(verdict).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.rejection().reason())
                    .as(refused.rejection().detail())
                    .isEqualTo(spoilt.reason());
            assertThat(refused.rejection().pointer()).isEqualTo(spoilt.pointer());
            assertThat(refused.rejection().detail()).contains("expected").hasSizeLessThan(700);
        });
    }

    @Test
    void the_table_above_has_every_reason_that_the_gate_itself_gives() {
        Set<RejectionReason> given =
                Stream.concat(spoilt(), spoiltUnits()).map(Spoilt::reason).collect(Collectors.toSet());
        Set<RejectionReason> elsewhere = EnumSet.of(
                OVER_RATE, NOT_YOUR_SOURCE, PAYLOAD_TOO_LARGE, UNDECODABLE, NO_GRID, RULE_FAILED, NOT_STORABLE);

        assertThat(given).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(elsewhere)));
    }

    @Test
    void a_full_report_is_admitted_as_it_was_sent() {
        ReportReceived received = admitted(Reports.full());

        assertThat(received.reportId()).isEqualTo(UUID.fromString("3f2b8f64-5f0b-4a52-9c0e-7f4f7b0f6a11"));
        assertThat(received.receivedAt()).isEqualTo(Gates.NOW);
        assertThat(received.report().peopleAffected()).isEqualTo(35);
        assertThat(received.report().description()).isEqualTo("路面积水");
        assertThat(received.report().features()).hasSize(1);
        assertThat(received.report().evidence()).hasSize(1);
        assertThat(received.position().longitude()).isEqualTo(106.25);
    }

    @Test
    void a_report_without_an_id_gets_one() {
        ReportReceived received = admitted(Reports.with("\"reportId\": \"3f2b8f64-5f0b-4a52-9c0e-7f4f7b0f6a11\",", ""));

        assertThat(received.reportId()).isEqualTo(Gates.NEW_ID);
        assertThat(received.report().reportId()).isNull();
    }

    @Test
    void a_place_in_gcj02_is_moved_to_wgs84_and_the_original_kept() {
        ReportReceived received = admitted(Reports.with("WGS84", "GCJ02"));

        assertThat(received.report().location().longitude()).isEqualTo(106.25);
        assertThat(received.position().longitude()).isBetween(106.244, 106.2475);
        assertThat(received.position().latitude()).isBetween(29.25, 29.254);
    }

    @Test
    void a_place_that_only_its_datum_puts_outside_the_city_is_refused() {
        String atTheWesternEdge = Reports.with("106.25", "106.001");

        assertThat(Gates.judge(gate, atTheWesternEdge)).isInstanceOf(Admitted.class);
        assertThat(reason(atTheWesternEdge.replace("WGS84", "GCJ02"))).isEqualTo(OUTSIDE_CITY);
    }

    @Test
    void the_last_moments_that_are_allowed_are_allowed() {
        admitted(Reports.with("08:29:00Z", "08:30:30Z"));
        admitted(Reports.with("2026-07-01T08:29:00Z", "2026-06-24T08:30:00Z"));
        admitted(Reports.with("08:29:00Z", "16:29:00+08:00"));
    }

    @Test
    void a_grid_worker_needs_no_registration() {
        admitted(Reports.with("SENSOR", "GRID_WORKER")
                .replace("gw-17", "worker-5")
                .replace("flood.waterlogging", "city.litter"));
    }

    @Test
    void words_that_begin_like_a_picture_are_none() {
        admitted(Reports.with("路面积水", "Data: water 30 cm deep, at http://base64.example/" + "x".repeat(300)));
    }

    @Test
    void the_same_content_has_the_same_digest_whatever_its_id_and_spacing() {
        String digest = admitted(Reports.full()).contentDigest();

        assertThat(digest).matches("[0-9a-f]{16}");
        assertThat(admitted(Reports.with("3f2b8f64", "4f2b8f64")).contentDigest())
                .isEqualTo(digest);
        assertThat(admitted(Reports.full().replace("\n", " ").replace("106.25", "106.2500"))
                        .contentDigest())
                .isEqualTo(digest);
        assertThat(admitted(Reports.with("35", "36")).contentDigest()).isNotEqualTo(digest);
    }

    /** A caller in the west who knows the community and nothing else. */
    private static String call(String location) {
        return Reports.with("{\"longitude\": 106.25, \"latitude\": 29.25, \"datum\": \"WGS84\"}", location)
                .replace("SENSOR", "OPERATOR")
                .replace("\"gw-17\", \"device\": \"flood-0032\"", "\"op-1\"");
    }

    @Test
    void a_unit_that_an_operator_names_is_taken_for_its_representative_point_and_stays_known() {
        ReportReceived received = admitted(call("{\"unitCode\": \"500101001003\"}"));

        assertThat(received.position()).isEqualTo(new Position(106.25, 29.25));
        assertThat(received.report().location())
                .isEqualTo(new Report.Location(106.25, 29.25, Datum.WGS84, new UnitCode("500101001003")));
    }

    @Test
    void the_same_call_is_the_same_content_also_when_the_unit_has_moved() {
        String call = call("{\"unitCode\": \"500101001003\"}");
        AdmissionGate moved = new Gates().gate((unit, at) -> Optional.of(new Position(106.26, 29.26)));

        ReportReceived after = ((Admitted) Gates.judge(moved, call)).received();

        assertThat(after.position()).isNotEqualTo(admitted(call).position());
        assertThat(after.contentDigest()).isEqualTo(admitted(call).contentDigest());
    }

    static Stream<Spoilt> spoiltUnits() {
        return Stream.of(
                new Spoilt("unknown", call("{\"unitCode\": \"500101001004\"}"), UNKNOWN_UNIT, "/location/unitCode"),
                new Spoilt("elsewhere", call("{\"unitCode\": \"500102001003\"}"), UNKNOWN_UNIT, "/location/unitCode"),
                new Spoilt("too large", call("{\"unitCode\": \"500101\"}"), UNKNOWN_UNIT, "/location/unitCode"),
                new Spoilt("no code", call("{\"unitCode\": \"5001\"}"), IMPOSSIBLE_VALUE, "/location/unitCode"),
                new Spoilt(
                        "with coordinates",
                        call("{\"unitCode\": \"500101001003\", \"longitude\": 106.25}"),
                        IMPOSSIBLE_VALUE,
                        "/location"),
                new Spoilt(
                        "with a polygon",
                        call("{\"unitCode\": \"500101001003\"}")
                                .replace(
                                        "{\"radiusMeters\": 120}",
                                        "{\"type\": \"Polygon\", \"coordinates\": [[[106.2, 29.2], [106.3, 29.2], [106.2, 29.3], [106.2, 29.2]]]}"),
                        IMPOSSIBLE_VALUE,
                        "/footprint"),
                new Spoilt(
                        "of a worker",
                        call("{\"unitCode\": \"500101001003\"}").replace("OPERATOR", "GRID_WORKER"),
                        IMPOSSIBLE_VALUE,
                        "/location/unitCode"),
                new Spoilt(
                        "of a citizen",
                        call("{\"unitCode\": \"500101001003\"}").replace("OPERATOR", "CITIZEN"),
                        IMPOSSIBLE_VALUE,
                        "/location/unitCode"));
    }

    @ParameterizedTest
    @MethodSource("spoiltUnits")
    void a_unit_that_cannot_stand_for_a_place_is_refused_for_one_reason(Spoilt spoilt) {
        Refused refused = (Refused) Gates.judge(gate, spoilt.json());

        assertThat(refused.rejection().reason()).isEqualTo(spoilt.reason());
        assertThat(refused.rejection().pointer()).isEqualTo(spoilt.pointer());
    }

    @Test
    void whoever_has_no_unit_can_name_none() {
        ReportReading call = Gates.read(call("{\"unitCode\": \"500101001003\"}"));
        Sender nobody = new Sender("op-1", Set.of(SourceKind.OPERATOR), null);

        assertThat(((Refused) gate.judge(call, nobody, Gates.NOW, false))
                        .rejection()
                        .detail())
                .contains("500101001003", "you have none");
    }

    @Test
    void a_source_over_its_rate_is_refused_until_time_has_passed() {
        String slow = Reports.with("gw-17", "gw-slow");

        List<Verdict> verdicts =
                IntStream.range(0, 4).mapToObj(i -> Gates.judge(gate, slow)).toList();

        assertThat(verdicts.subList(0, 2)).allMatch(Admitted.class::isInstance);
        assertThat(verdicts.subList(2, 4))
                .allSatisfy(v -> assertThat(((Refused) v).rejection().reason()).isEqualTo(OVER_RATE));
        ReportReading again = Gates.read(slow);
        Sender sender = Gates.honestSender(again);
        assertThat(gate.judge(again, sender, Gates.NOW.plusMillis(500), false)).isInstanceOf(Admitted.class);
        assertThat(gate.judge(again, sender, Gates.NOW.plusMillis(500), false)).isInstanceOf(Refused.class);
    }

    @Test
    void a_dry_run_uses_up_no_rate() {
        ReportReading slow = Gates.read(Reports.with("gw-17", "gw-slow"));
        for (int i = 0; i < 10; i++) {
            assertThat(gate.judge(slow, Gates.honestSender(slow), Gates.NOW, true))
                    .isInstanceOf(Admitted.class);
        }
    }

    @Test
    void what_cannot_be_read_counts_against_the_rate_too() {
        var sender = Sender.gateway("gw-slow", Set.of(SourceKind.SENSOR));
        List<RejectionReason> reasons = IntStream.range(0, 4)
                .mapToObj(i -> ((Refused) gate.judge(Gates.read("nonsense"), sender, Gates.NOW, false))
                        .rejection()
                        .reason())
                .toList();

        assertThat(reasons).containsExactly(MALFORMED, MALFORMED, OVER_RATE, OVER_RATE);
    }

    @Test
    void at_the_default_rate_a_full_batch_passes_at_once_and_then_the_rate_is_kept() {
        AdmissionGate generous = new Gates().gate(Duration.ofSeconds(5));
        ReportReading report = Gates.read(Reports.full());
        Sender sender = Gates.honestSender(report);
        for (int i = 0; i < 5_000; i++) {
            assertThat(generous.judge(report, sender, Gates.NOW, false)).isInstanceOf(Admitted.class);
        }

        assertThat(generous.judge(report, sender, Gates.NOW, false)).isInstanceOf(Refused.class);
        assertThat(generous.findAllowance(sender, Gates.NOW.plusSeconds(2)).remaining())
                .isEqualTo(2_000);
    }

    static Stream<Arguments> senders() {
        Sender gateway = Sender.gateway("gw-17", Set.of(SourceKind.SENSOR, SourceKind.SYSTEM));
        Sender worker = new Sender("worker-5", Set.of(SourceKind.GRID_WORKER), Gates.WEST);
        Sender operator = new Sender("op-1", Set.of(SourceKind.OPERATOR, SourceKind.CITIZEN), Gates.WEST);
        return Stream.of(
                Arguments.of(gateway, "SENSOR", "gw-17", true),
                Arguments.of(gateway, "SYSTEM", "gw-17", true),
                Arguments.of(gateway, "SENSOR", "gw-west", false),
                Arguments.of(gateway, "GRID_WORKER", "gw-17", false),
                Arguments.of(gateway, "CITIZEN", "gw-17", false),
                Arguments.of(worker, "GRID_WORKER", "worker-5", true),
                Arguments.of(worker, "GRID_WORKER", "worker-6", false),
                Arguments.of(worker, "OPERATOR", "worker-5", false),
                Arguments.of(worker, "SENSOR", "gw-17", false),
                Arguments.of(operator, "OPERATOR", "op-1", true),
                Arguments.of(operator, "CITIZEN", "op-1", true),
                Arguments.of(operator, "CITIZEN", "worker-5", false),
                Arguments.of(operator, "GRID_WORKER", "op-1", false));
    }

    @ParameterizedTest
    @MethodSource("senders")
    void whoever_sends_reports_in_no_other_name(Sender sender, String kind, String id, boolean isOwn) {
        ReportReading reading = Gates.read(Reports.with("SENSOR", kind).replace("gw-17", id));

        Verdict verdict = gate.judge(reading, sender, Gates.NOW, false);

        if (isOwn) {
            assertThat(verdict).isInstanceOf(Admitted.class);
        } else {
            assertThat(verdict).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.rejection().reason()).isEqualTo(NOT_YOUR_SOURCE);
                assertThat(refused.sourceId()).isEqualTo(sender.name());
                assertThat(refused.rejection().detail()).contains(kind + " \"" + id, sender.name());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "file:///etc/passwd",
                "ftp://media.example/1.jpg",
                "https:///1.jpg",
                "https:1.jpg",
                "//media.example/1.jpg",
                "citybrain:evidence/9f86d0",
                "citybrain:evidence/../../etc/passwd"
            })
    void evidence_is_a_link_that_a_browser_fetches_and_does_nothing_else(String link) {
        assertThat(reason(Reports.with("https://media.example/1.jpg", link))).isEqualTo(IMPOSSIBLE_VALUE);
    }

    @Test
    void evidence_that_was_stored_here_is_referred_to_by_its_uri() {
        String stored = "citybrain:evidence/" + "9f86d081884c7d65".repeat(4);

        assertThat(Gates.judge(gate, Reports.with("https://media.example/1.jpg", stored)))
                .isInstanceOf(Admitted.class);
    }

    @Test
    void a_refusal_names_the_report_wherever_its_id_stands_and_who_sent_it() {
        String wrongAtTheStart = "{\"peopleAfected\": 1, \"deep\": {\"a\": [1, {}]}, "
                + Reports.full().strip().substring(1);

        Refused refused = (Refused) Gates.judge(gate, wrongAtTheStart);

        assertThat(refused.reportId()).isEqualTo(UUID.fromString("3f2b8f64-5f0b-4a52-9c0e-7f4f7b0f6a11"));
        assertThat(refused.sourceId()).isEqualTo("gw-17");
        assertThat(refused.rejection().pointer()).isEqualTo("/peopleAfected");
    }

    @Test
    void a_refusal_of_nonsense_is_counted_under_who_sent_it() {
        assertThat(((Refused) Gates.judge(gate, "nonsense")).sourceId()).isEqualTo("gw-17");
    }

    @Test
    void the_detail_shows_no_control_characters() {
        Refused refused = (Refused) Gates.judge(gate, Reports.with("flood.waterlogging", "a\\u001b[31m\\u202e"));

        assertThat(refused.rejection().detail())
                .contains("\\u001b")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }

    private ReportReceived admitted(String json) {
        Verdict verdict = Gates.judge(gate, json);
        assertThat(verdict).isInstanceOf(Admitted.class);
        return ((Admitted) verdict).received();
    }

    private RejectionReason reason(String json) {
        return ((Refused) Gates.judge(gate, json)).rejection().reason();
    }
}
