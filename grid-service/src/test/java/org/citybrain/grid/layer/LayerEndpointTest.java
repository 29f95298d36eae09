package org.citybrain.grid.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.citybrain.grid.RunningGridService;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LayerEndpointTest extends RunningGridService {

    private static final String GRID = "500103001003001";
    private static final String OTHER_GRID = "500105100001001";
    private static final String ADMIN_HERE = Infrastructure.shared().issuer().token("yuzhong-admin", "500103", "ADMIN");
    private static final String OPERATOR = Infrastructure.shared().issuer().token("operator", "50", "OPERATOR");
    private static final String INTEGRATOR = Infrastructure.shared().issuer().token("integrator", "50", "INTEGRATOR");

    @AfterEach
    void removeFeatures() {
        database().sql("delete from grid.layer_feature where id like 'test-%'").update();
    }

    @BeforeEach
    void a_department() {
        send(ADMINISTRATOR, "PUT", "/v1/departments/fire-layers", "{\"name\": \"消防救援支队\", \"unit\": \"500103\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "key-places, SCHOOL, key-place",
        "devices, CAMERA, device",
        "responsibility-areas, FIRE, responsibility-area",
        "online-grids, CHAT_GROUP, online-grid",
        "watch-areas, FLOOD_SEASON, watch-area"
    })
    void a_feature_of_each_layer_is_registered_changed_and_ended_and_each_change_is_audited(
            String path, String kind, String word) {
        String feature = "/v1/" + path + "/" + id();

        JsonNode first = put(feature, body(path, kind, "first")).body();
        JsonNode second = put(feature, body(path, kind, "second")).body();
        assertThat(send(ADMINISTRATOR, "DELETE", feature, "").status()).isEqualTo(204);

        assertThat(get(feature).status()).isEqualTo(404);
        assertThat(get(feature + "?at=" + first.get("validFrom").asString())
                        .body()
                        .get("name")
                        .asString())
                .isEqualTo("first");
        assertThat(get(feature + "?at=" + second.get("validFrom").asString())
                        .body()
                        .get("name")
                        .asString())
                .isEqualTo("second");
        JsonNode history = get(feature + "/history").body().get("items");
        assertThat(history.valueStream().map(version -> version.get("name").asString()))
                .containsExactly("second", "first");
        assertThat(history.get(1).get("validTo")).isEqualTo(history.get(0).get("validFrom"));
        assertThat(history.get(0).get("validTo").isNull()).isFalse();
        assertThat(history.get(0).get("provenance").asString()).isEqualTo("REGISTERED");
        assertThat(database()
                        .sql("select action from audit.line where object = ? and actor = 'admin' order by sequence")
                        .param(feature.substring(feature.lastIndexOf('/') + 1))
                        .query(String.class)
                        .list())
                .containsExactly(word + ".put", word + ".put", word + ".end");
    }

    @Test
    void a_feature_says_where_and_what_it_is() {
        String feature = "/v1/responsibility-areas/" + id();

        put(
                feature,
                body("responsibility-areas", "FIRE", "解放碑站")
                        .replace(
                                "\"unit\"",
                                "\"incidentTypes\": [\"gas.leak\", \"fire.building\", \"gas.leak\"], \"unit\""));

        JsonNode area = get(feature).body();
        assertThat(area.get("kind").asString()).isEqualTo("FIRE");
        assertThat(area.get("name").asString()).isEqualTo("解放碑站");
        assertThat(area.at("/geometry/type").asString()).isEqualTo("Polygon");
        assertThat(area.at("/geometry/coordinates/0").size()).isGreaterThan(4);
        assertThat(area.get("unit").asString()).isEqualTo(GRID);
        assertThat(area.get("department").asString()).isEqualTo("fire-layers");
        assertThat(area.get("incidentTypes").valueStream().map(JsonNode::asString))
                .containsExactly("fire.building", "gas.leak");
        assertThat(area.get("validTo").isNull()).isTrue();
    }

    @Test
    void a_place_is_converted_from_the_datum_that_it_is_given_in() {
        double[] place = place(GRID);
        String feature = "/v1/devices/" + id();

        put(feature, device(place, "camera").replace("WGS84", "GCJ02"));

        JsonNode stored = get(feature).body().at("/geometry/coordinates");
        double meters = database()
                .sql("select st_distance(st_point(?, ?)::geography, st_point(?, ?)::geography)")
                .params(
                        place[0],
                        place[1],
                        stored.get(0).asDouble(),
                        stored.get(1).asDouble())
                .query(Double.class)
                .single();
        assertThat(meters).isBetween(400.0, 601.0);
    }

    @Test
    void the_same_again_changes_nothing() {
        String feature = "/v1/devices/" + id();
        JsonNode first = put(feature, device("camera")).body();

        JsonNode again = put(feature, device("camera")).body();

        assertThat(again).isEqualTo(first);
        assertThat(get(feature + "/history").body().get("items").size()).isEqualTo(1);
        assertThat(audited(feature)).isEqualTo(1);
        assertThat(put(feature + "?effectiveFrom=2099-01-01T00:00:00Z", device("camera"))
                        .body())
                .isEqualTo(first);
    }

    @Test
    void what_is_planned_is_seen_as_of_then_and_can_be_planned_anew() {
        String feature = "/v1/watch-areas/" + id();
        put(feature, body("watch-areas", "FLOOD", "now"));
        put(feature + "?effectiveFrom=2098-01-01T00:00:00Z", body("watch-areas", "FLOOD", "planned"));
        put(feature + "?effectiveFrom=2098-01-01T00:00:00Z", body("watch-areas", "FLOOD", "planned anew"));

        assertThat(nameAt(feature, Instant.now())).isEqualTo("now");
        assertThat(nameAt(feature, Instant.parse("2097-12-31T23:59:59Z"))).isEqualTo("now");
        assertThat(nameAt(feature, Instant.parse("2098-01-01T00:00:00Z"))).isEqualTo("planned anew");
        assertThat(get(feature + "/history").body().get("items").size()).isEqualTo(2);

        send(ADMINISTRATOR, "DELETE", feature, "");
        assertThat(get(feature + "?at=2099-01-01T00:00:00Z").status()).isEqualTo(404);
    }

    @Test
    void a_change_in_hindsight_leaves_what_was_before_it() {
        String feature = "/v1/devices/" + id();
        put(feature + "?effectiveFrom=2024-01-01T00:00:00Z", device("old"));
        put(feature + "?effectiveFrom=2025-01-01T00:00:00Z", device("new"));

        assertThat(nameAt(feature, Instant.parse("2024-12-31T23:59:59.999999Z")))
                .isEqualTo("old");
        assertThat(nameAt(feature, Instant.parse("2025-01-01T00:00:00Z"))).isEqualTo("new");
        assertThat(get(feature + "?at=2023-12-31T23:59:59Z").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-06-01T00:00:00Z", "2025-01-01T00:00:00Z"})
    void the_past_before_the_version_in_force_is_not_changed(String from) {
        String feature = "/v1/devices/" + id();
        put(feature + "?effectiveFrom=2024-01-01T00:00:00Z", device("old"));
        put(feature + "?effectiveFrom=2025-01-01T00:00:00Z", device("new"));
        String history = get(feature + "/history").text();

        Answer changed = put(feature + "?effectiveFrom=" + from, device("other"));
        Answer ended = send(ADMINISTRATOR, "DELETE", feature + "?effectiveFrom=" + from, "");

        assertRefused(changed, 409, "BEFORE_VERSION_IN_FORCE");
        assertRefused(ended, 409, "BEFORE_VERSION_IN_FORCE");
        assertThat(changed.body().get("expected").asString()).contains("2025-01-01T00:00:00Z");
        assertThat(get(feature + "/history").text()).isEqualTo(history);
    }

    @Test
    void what_has_ended_can_begin_again() {
        String feature = "/v1/devices/" + id();
        put(feature + "?effectiveFrom=2024-01-01T00:00:00Z", device("camera"));
        send(ADMINISTRATOR, "DELETE", feature + "?effectiveFrom=2025-01-01T00:00:00Z", "");
        assertRefused(
                put(feature + "?effectiveFrom=2024-06-01T00:00:00Z", device("other")), 409, "BEFORE_VERSION_IN_FORCE");

        put(feature + "?effectiveFrom=2025-06-01T00:00:00Z", device("camera"));

        assertThat(get(feature + "?at=2025-03-01T00:00:00Z").status()).isEqualTo(404);
        assertThat(nameAt(feature, Instant.now())).isEqualTo("camera");
        assertThat(get(feature + "/history").body().get("items").size()).isEqualTo(2);
    }

    @Test
    void the_end_of_what_is_not_there_is_not_found() {
        assertRefused(send(ADMINISTRATOR, "DELETE", "/v1/devices/nobody", ""), 404, "UNKNOWN_FEATURE");
        assertRefused(get("/v1/devices/nobody"), 404, "UNKNOWN_FEATURE");
        assertRefused(get("/v1/devices/nobody/history"), 404, "UNKNOWN_FEATURE");
    }

    @Test
    void changes_of_one_feature_at_the_same_time_leave_one_version_after_the_other() throws Exception {
        String feature = "/v1/devices/" + id();
        try (ExecutorService both = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Answer>> answers = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> put(feature, device("camera " + i)), both))
                    .toList();
            assertThat(answers).allMatch(answer -> answer.join().status() == 200);
        }

        List<JsonNode> newestFirst =
                get(feature + "/history").body().get("items").valueStream().toList();
        assertThat(newestFirst).hasSize(40);
        assertThat(newestFirst.getFirst().get("validTo").isNull()).isTrue();
        for (int i = 1; i < newestFirst.size(); i++) {
            assertThat(newestFirst.get(i).get("validTo"))
                    .isEqualTo(newestFirst.get(i - 1).get("validFrom"));
        }
        assertThat(audited(feature)).isEqualTo(40);
    }

    @Test
    void who_meets_a_writer_that_does_not_wait_is_told_to_try_again() throws Exception {
        String id = id();
        CompletableFuture<Answer> answer;
        try (Connection other = DATABASE.administratorDataSource().getConnection()) {
            other.setAutoCommit(false);
            try (var insert = other.createStatement()) {
                insert.execute("""
                        insert into grid.layer_feature (layer, id, valid_from, kind, name, geometry, provenance)
                        values ('DEVICE', '%s', '2026-01-01Z', 'CAMERA', 'imported', st_point(106.57, 29.55, 4326), 'IMPORTED')
                        """.formatted(id));
            }
            answer = CompletableFuture.supplyAsync(
                    () -> put("/v1/devices/" + id + "?effectiveFrom=2025-01-01T00:00:00Z", device("camera")));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> database()
                            .sql(
                                    "select exists (select from pg_stat_activity where datname = current_database() and query like"
                                            + " '%insert into grid.layer_feature%' and wait_event_type = 'Lock')")
                            .query(Boolean.class)
                            .single());
            other.commit();
        }

        assertRefused(answer.join(), 409, "CHANGED_MEANWHILE");
        assertThat(get("/v1/devices/" + id).body().get("name").asString()).isEqualTo("imported");
    }

    @Test
    void administrators_change_what_lies_in_their_own_unit_only() {
        String here = "/v1/devices/" + id();
        String there = "/v1/devices/" + id();
        String feature = device(place(OTHER_GRID), "camera");
        put(there, feature);

        assertThat(send(ADMIN_HERE, "PUT", here, device("camera")).status()).isEqualTo(200);
        assertRefused(send(ADMIN_HERE, "PUT", "/v1/devices/" + id(), feature), 403, "OUTSIDE_REACH");
        assertRefused(send(ADMIN_HERE, "PUT", there, device("camera")), 403, "OUTSIDE_REACH");
        assertRefused(send(ADMIN_HERE, "DELETE", there, ""), 403, "OUTSIDE_REACH");
        assertThat(send(ADMIN_HERE, "GET", there, "").status()).isEqualTo(200);
        assertThat(send(ADMIN_HERE, "DELETE", here, "").status()).isEqualTo(204);
    }

    @Test
    void an_area_that_leaves_the_own_unit_is_refused_with_a_place_outside() {
        String both = database().sql("""
                        select st_asgeojson(st_union(a.boundary, b.boundary))
                        from grid.unit_view a, grid.unit_view b where a.code = '500103' and b.code = '500105'""").query(String.class).single();

        Answer answer = send(ADMIN_HERE, "PUT", "/v1/watch-areas/" + id(), body("WATCH", "both", both, ""));

        assertRefused(answer, 403, "OUTSIDE_REACH");
        assertThat(answer.body().get("value").asString()).startsWith("POINT(106.");
    }

    @Test
    void the_border_of_a_unit_as_it_is_handed_out_is_an_area_of_the_unit() {
        String border = get("/v1/units/500103/boundary").body().get("geometry").toString();

        assertThat(send(ADMIN_HERE, "PUT", "/v1/watch-areas/" + id(), body("WATCH", "all", border, ""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void only_administrators_write_and_whoever_is_signed_in_reads() {
        String feature = "/v1/devices/" + id();
        put(feature, device("camera"));

        for (String person : List.of(OPERATOR, INTEGRATOR)) {
            assertThat(send(person, "PUT", feature, device("other")).status()).isEqualTo(403);
            assertThat(send(person, "DELETE", feature, "").status()).isEqualTo(403);
            assertThat(send(person, "GET", feature, "").status()).isEqualTo(200);
            assertThat(send(person, "GET", "/v1/devices?limit=1", "").status()).isEqualTo(200);
            assertThat(send(person, "GET", feature + "/history", "").status()).isEqualTo(200);
        }
    }

    @Test
    void a_list_is_cut_by_unit_box_kind_and_moment() {
        String kind = "LIST_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        String here = id();
        String there = id();
        String gone = id();
        put("/v1/devices/" + here, device(place(GRID), "here").replace("CAMERA", kind));
        put("/v1/devices/" + there, device(place(OTHER_GRID), "there").replace("CAMERA", kind));
        put(
                "/v1/devices/" + gone + "?effectiveFrom=2024-01-01T00:00:00Z",
                device(place(GRID), "gone").replace("CAMERA", kind));
        send(ADMINISTRATOR, "DELETE", "/v1/devices/" + gone + "?effectiveFrom=2025-01-01T00:00:00Z", "");
        String of = "/v1/devices?kind=" + kind;
        double[] place = place(GRID);
        String box = "&bbox=" + (place[0] - 0.001) + "," + (place[1] - 0.001) + "," + (place[0] + 0.001) + ","
                + (place[1] + 0.001);

        assertThat(ids(of)).containsExactlyInAnyOrder(here, there);
        assertThat(ids(of + "&unit=50")).containsExactlyInAnyOrder(here, there);
        assertThat(ids(of + "&unit=500103")).containsExactly(here);
        assertThat(ids(of + "&unit=" + GRID)).containsExactly(here);
        assertThat(ids(of + "&unit=" + OTHER_GRID)).containsExactly(there);
        assertThat(ids(of + box)).containsExactly(here);
        assertThat(ids(of + box + "&unit=500105")).isEmpty();
        assertThat(ids(of + "&at=2024-06-01T00:00:00Z&unit=500103")).containsExactly(gone);
        assertThat(ids(of + "&limit=1")).hasSize(1);
        assertThat(ids("/v1/key-places?unit=500103&kind=SCHOOL")).isNotEmpty();
    }

    @Test
    void an_area_that_only_touches_a_unit_does_not_lie_in_it() {
        String kind = "TOUCH_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        String id = id();
        String border = database()
                .sql("select st_asgeojson(boundary, 15) from grid.unit_view where code = '500103'")
                .query(String.class)
                .single();
        put("/v1/watch-areas/" + id, body(kind, "district", border, ""));

        assertThat(ids("/v1/watch-areas?unit=500103&kind=" + kind)).containsExactly(id);
        assertThat(ids("/v1/watch-areas?unit=500103001&kind=" + kind)).containsExactly(id);
        assertThat(ids("/v1/watch-areas?unit=500105&kind=" + kind)).isEmpty();
    }

    @Test
    void areas_of_a_department_are_found_by_it() {
        String id = id();
        put("/v1/responsibility-areas/" + id, body("responsibility-areas", "FIRE", "area"));

        assertThat(ids("/v1/responsibility-areas?limit=1000&department=fire-layers"))
                .contains(id);
        assertThat(ids("/v1/responsibility-areas?department=another")).isEmpty();
    }

    @Test
    void pages_meet_every_feature_once() {
        String kind = "PAGE_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        List<String> all = Stream.generate(() -> id()).limit(5).sorted().toList();
        all.forEach(id -> put("/v1/devices/" + id, device("camera").replace("CAMERA", kind)));

        assertThat(pages("/v1/devices?kind=" + kind + "&limit=2")).containsExactly(2, 2, 1);
        assertThat(followed("/v1/devices?kind=" + kind + "&limit=2"))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void a_page_is_shorter_where_its_geometries_are_long_and_leaves_nothing_out() {
        String kind = "LONG_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        String id = id();
        for (int i = 0; i < 12; i++) {
            put("/v1/watch-areas/" + id + "-" + (char) ('a' + i), body(kind, "area " + i, circle(9_999), ""));
        }

        assertThat(pages("/v1/watch-areas?kind=" + kind)).containsExactly(10, 2);
        assertThat(followed("/v1/watch-areas?kind=" + kind)).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void the_pages_of_a_history_meet_every_version_once() {
        String feature = "/v1/devices/" + id();
        for (int i = 0; i < 5; i++) {
            put(feature, device("camera " + i));
        }

        JsonNode first = get(feature + "/history?limit=3").body();
        JsonNode second = get(feature + "/history?limit=3&cursor="
                        + first.get("nextCursor").asString())
                .body();

        assertThat(Stream.of(first, second)
                        .flatMap(page -> page.get("items").valueStream())
                        .map(version -> version.get("name").asString()))
                .containsExactly("camera 4", "camera 3", "camera 2", "camera 1", "camera 0");
        assertThat(second.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void a_department_that_answers_for_an_area_is_not_removed() {
        String department = "in-use-" + UUID.randomUUID().toString().substring(0, 8);
        send(ADMINISTRATOR, "PUT", "/v1/departments/" + department, "{\"name\": \"城管局\", \"unit\": \"50\"}");
        String feature = "/v1/responsibility-areas/" + id();
        put(feature, body("responsibility-areas", "ORDER", "area").replace("fire-layers", department));

        assertRefused(send(ADMINISTRATOR, "DELETE", "/v1/departments/" + department, ""), 409, "DEPARTMENT_IN_USE");
        send(ADMINISTRATOR, "DELETE", feature, "");
        assertRefused(send(ADMINISTRATOR, "DELETE", "/v1/departments/" + department, ""), 409, "DEPARTMENT_IN_USE");
        assertThat(get("/v1/departments/" + department).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            devices              | "kind": "camera"                          | 400 | BAD_BODY      | kind
            devices              | "kind": null                              | 400 | BAD_BODY      | kind
            key-places           | "kind": "CAMERA"                          | 400 | BAD_BODY      | kind
            devices              | "name": ""                                | 400 | BAD_BODY      | name
            devices              | "name": " "                               | 400 | BAD_BODY      | name
            devices              | "name": "a\\u0000b"                       | 400 | BAD_BODY      | name
            devices              | "name": "half \\ud800"                    | 400 | BAD_BODY      | name
            devices              | "name": null                              | 400 | BAD_BODY      | name
            devices              | "datum": null                             | 400 | BAD_DATUM     | datum
            devices              | "datum": "NAD27"                          | 400 | BAD_DATUM     | datum
            devices              | "geometry": null                          | 400 | BAD_GEOMETRY  | geometry
            devices              | "geometry": {"type": "Polygon", "coordinates": [[[106,29],[107,29],[107,30],[106,29]]]} | 400 | BAD_GEOMETRY | geometry/type
            watch-areas          | "geometry": {"type": "Point", "coordinates": [106.57, 29.55]}                           | 400 | BAD_GEOMETRY | geometry/type
            watch-areas          | "geometry": {"type": "Polygon", "coordinates": [[[106.56,29.55],[106.57,29.56],[106.57,29.55],[106.56,29.56],[106.56,29.55]]]} | 400 | BAD_GEOMETRY | geometry/coordinates
            devices              | "geometry": {"type": "Point", "coordinates": [116.4, 39.9]}                             | 404 | OUTSIDE_CITY | geometry
            devices              | "unit": "5001"                            | 400 | BAD_UNIT_CODE | unit
            devices              | "unit": "500199"                          | 404 | UNKNOWN_UNIT  | unit
            online-grids         | "unit": null                              | 400 | BAD_BODY      | unit
            online-grids         | "unit": "500103"                          | 400 | BAD_BODY      | unit
            online-grids         | "unit": "500103001003999"                 | 404 | UNKNOWN_UNIT  | unit
            devices              | "department": "fire-layers"               | 400 | BAD_BODY      | department
            responsibility-areas | "department": null                        | 400 | BAD_BODY      | department
            responsibility-areas | "department": "Fire!"                     | 400 | BAD_BODY      | department
            responsibility-areas | "department": "nobody"                    | 404 | UNKNOWN_DEPARTMENT | department
            devices              | "incidentTypes": ["fire.building"]        | 400 | BAD_BODY      | incidentTypes
            responsibility-areas | "incidentTypes": []                       | 400 | BAD_BODY      | incidentTypes
            responsibility-areas | "incidentTypes": [null]                   | 400 | BAD_BODY      | incidentTypes
            responsibility-areas | "incidentTypes": ["fire building"]        | 400 | BAD_BODY      | incidentTypes
            responsibility-areas | "incidentTypes": ["fire.building", "fire.ship"] | 404 | UNKNOWN_TYPE | incidentTypes
            devices              | "colour": "red"                           | 400 | BAD_BODY      | colour
            """)
    void what_cannot_be_is_refused_with_one_reason(
            String path, String field, int status, String reason, String parameter) {
        String feature = "/v1/" + path + "/" + id();
        String kind = path.equals("key-places") ? "SCHOOL" : "CAMERA";
        // Of two fields of one name the last counts.
        String body = body(path, kind, "name").replaceFirst("}$", "," + field.replace("\\", "\\\\") + "}");

        Answer answer = put(feature, body);

        assertRefused(answer, status, reason);
        assertThat(answer.body().get("parameter").asString()).isEqualTo(parameter);
        assertThat(get(feature + "/history").status()).isEqualTo(404);
    }

    @Test
    void a_unit_and_a_border_are_those_of_the_moment_from_which_on_the_feature_holds() {
        String feature = "/v1/devices/" + id();

        assertRefused(put(feature + "?effectiveFrom=2001-01-01T00:00:00Z", device("camera")), 404, "UNKNOWN_UNIT");
        assertRefused(
                put(feature + "?effectiveFrom=2001-01-01T00:00:00Z", device(place(GRID), "camera")), 404, "NO_MAP");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/devices?bbox=1,2,3                 | 400 | BAD_BOX
            /v1/devices?bbox=3,2,1,4               | 400 | BAD_BOX
            /v1/devices?bbox=1,2,NaN,4             | 400 | BAD_BOX
            /v1/devices?bbox=                      | 400 | BAD_BOX
            /v1/devices?bbox=1,2,3,4,5,6           | 400 | BAD_BOX
            /v1/devices?unit=5                     | 400 | BAD_UNIT_CODE
            /v1/devices?unit=500199                | 404 | UNKNOWN_UNIT
            /v1/devices?unit=500103&at=2001-01-01T00:00:00Z | 404 | UNKNOWN_UNIT
            /v1/devices?kind=camera                | 400 | BAD_KIND
            /v1/key-places?kind=CAMERA             | 400 | BAD_KIND
            /v1/devices?department=fire-layers     | 400 | BAD_REQUEST
            /v1/responsibility-areas?department=A  | 400 | BAD_BODY
            /v1/devices?at=now                     | 400 | BAD_INSTANT
            /v1/devices?limit=1001                 | 400 | BAD_LIMIT
            /v1/devices?cursor=%00                 | 400 | BAD_CURSOR
            /v1/devices/-x                         | 400 | BAD_ID
            /v1/devices/a%27b                      | 400 | BAD_ID
            /v1/devices/x?at=soon                  | 400 | BAD_INSTANT
            /v1/devices/x/history?cursor=1         | 400 | BAD_CURSOR
            /v1/devices/x/times                    | 404 | UNKNOWN_PATH
            /v1/radars                             | 404 | UNKNOWN_PATH
            """)
    void a_question_that_cannot_be_answered_is_answered_with_one_reason(String path, int status, String reason) {
        assertRefused(get(path), status, reason);
    }

    @Test
    void hostile_bodies_are_refused_and_leave_nothing() {
        String feature = "/v1/watch-areas/" + id();
        String deep = "[".repeat(20_000);
        for (String body : List.of(
                "",
                "null",
                "[]",
                "\"feature\"",
                "{",
                "{\"geometry\":" + deep,
                body(
                        "WATCH",
                        "deep",
                        "{\"type\":\"Polygon\",\"coordinates\":" + "[".repeat(400) + "]".repeat(400) + "}",
                        ""),
                body("WATCH", "numbers", "{\"type\":\"Polygon\",\"coordinates\":[" + "9".repeat(900) + "]}", ""),
                body(
                        "WATCH",
                        "wide",
                        "{\"type\":\"Polygon\",\"coordinates\":[[" + "[0,0],".repeat(100_000) + "[0,0]]]}",
                        ""),
                body("WATCH", "rings", "{\"type\":\"Polygon\",\"coordinates\":[" + "[],".repeat(100_000) + "[]]}", ""),
                body("WATCH", "n".repeat(500_000), circle(9), ""))) {
            Answer answer = put(feature, body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.text()).contains("\"reason\":\"BAD_").doesNotContain("Exception");
            assertThat(answer.text().length()).isLessThan(2_000);
        }
        assertRefused(put(feature, " ".repeat(1024 * 1024 + 1)), 413, "PAYLOAD_TOO_LARGE");
        assertThat(get(feature + "/history").status()).isEqualTo(404);
    }

    @Test
    void the_description_has_every_layer_and_says_that_a_geometry_is_an_object() {
        JsonNode api = get("/v3/api-docs").body();

        for (String path : List.of("key-places", "devices", "responsibility-areas", "online-grids", "watch-areas")) {
            assertThat(api.get("paths").has("/v1/" + path)).isTrue();
            assertThat(api.get("paths").get("/v1/" + path + "/{id}").propertyNames())
                    .contains("get", "put", "delete");
        }
        for (String schema : List.of("LayerFeature", "LayerFeatureBody")) {
            assertThat(api.at("/components/schemas/" + schema + "/properties/geometry/type")
                            .asString())
                    .isEqualTo("object");
        }
        assertThat(api.at("/paths/~1v1~1devices~1{id}/put/responses").propertyNames())
                .contains("200", "400", "403", "404", "409");
    }

    private Answer put(String feature, String body) {
        return send(ADMINISTRATOR, "PUT", feature, body);
    }

    private static void assertRefused(Answer answer, int status, String reason) {
        assertThat(answer.text()).contains("\"reason\":\"" + reason + "\"").doesNotContain("Exception");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    private String nameAt(String feature, Instant at) {
        return get(feature + "?at=" + at).body().get("name").asString();
    }

    private List<String> ids(String list) {
        return get(list)
                .body()
                .get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private List<Integer> pages(String list) {
        List<Integer> sizes = new ArrayList<>();
        follow(list, page -> sizes.add(page.get("items").size()));
        return sizes;
    }

    private List<String> followed(String list) {
        List<String> ids = new ArrayList<>();
        follow(
                list,
                page -> page.get("items")
                        .valueStream()
                        .forEach(item -> ids.add(item.get("id").asString())));
        return ids;
    }

    private void follow(String list, Consumer<JsonNode> each) {
        JsonNode page = get(list).body();
        each.accept(page);
        while (!page.get("nextCursor").isNull()) {
            page = get(list + "&cursor=" + page.get("nextCursor").asString()).body();
            each.accept(page);
        }
    }

    private static long audited(String feature) {
        return database()
                .sql("select count(*) from audit.line where object = ?")
                .param(feature.substring(feature.lastIndexOf('/') + 1))
                .query(Long.class)
                .single();
    }

    private static String id() {
        return "test-" + UUID.randomUUID();
    }

    private static double[] place(String unit) {
        return database()
                .sql("select st_x(representative_point), st_y(representative_point) from grid.unit_view where code = ?")
                .param(unit)
                .query((row, number) -> new double[] {row.getDouble(1), row.getDouble(2)})
                .single();
    }

    private static String device(String name) {
        return body("devices", "CAMERA", name);
    }

    private static String device(double[] place, String name) {
        return body("CAMERA", name, "{\"type\": \"Point\", \"coordinates\": [" + place[0] + ", " + place[1] + "]}", "");
    }

    private static String body(String path, String kind, String name) {
        boolean isOfPoints = path.equals("key-places") || path.equals("devices");
        double[] place = place(GRID);
        String geometry = isOfPoints
                ? "{\"type\": \"Point\", \"coordinates\": [" + place[0] + ", " + place[1] + "]}"
                : database()
                        .sql("select st_asgeojson(st_buffer(st_point(?, ?, 4326), 0.0003))")
                        .params(place[0], place[1])
                        .query(String.class)
                        .single();
        String unit = "\"unit\": \"" + GRID + "\"";
        return body(
                kind,
                name,
                geometry,
                path.equals("responsibility-areas") ? unit + ", \"department\": \"fire-layers\"" : unit);
    }

    private static String body(String kind, String name, String geometry, String more) {
        return "{\"kind\": \"" + kind + "\", \"name\": \"" + name + "\", \"datum\": \"WGS84\", \"geometry\": "
                + geometry + (more.isEmpty() ? "" : ", " + more) + "}";
    }

    /** Around the middle of a grid, so small that it lies within. */
    private static String circle(int corners) {
        double[] place = place(GRID);
        return IntStream.rangeClosed(0, corners)
                .mapToObj(i -> "[" + (place[0] + Math.cos(2 * Math.PI * (i % corners) / corners) / 5000) + ","
                        + (place[1] + Math.sin(2 * Math.PI * (i % corners) / corners) / 5000) + "]")
                .collect(Collectors.joining(",", "{\"type\":\"Polygon\",\"coordinates\":[[", "]]}"));
    }
}
