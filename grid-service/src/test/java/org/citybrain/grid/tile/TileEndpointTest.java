package org.citybrain.grid.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.citybrain.grid.Gdal;
import org.citybrain.grid.RunningGridService;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class TileEndpointTest extends RunningGridService {

    /** Covers the middle of the demo city. */
    private static final String MIDDLE = "12/3260/1695";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Autowired
    private PrepareTiles prepare;

    @TempDir
    private Path folder;

    @BeforeEach
    void whenAllIsPrepared() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> count("select count(*) from grid.tile_level where not done") == 0
                        && count("select count(*) from grid.tile_level") == 15);
    }

    @AfterEach
    void removeLayers() {
        database().sql("delete from grid.layer_feature where id like 'tile-%'").update();
    }

    @Test
    void every_tier_and_layer_has_tiles_from_some_zoom_on() {
        JsonNode page = get("/v1/tiles").body();

        assertThat(page.get("items").valueStream().map(item -> item.get("id").asString()))
                .containsExactly(
                        "city",
                        "districts",
                        "streets",
                        "communities",
                        "grids",
                        "micro-grids",
                        "key-places",
                        "devices",
                        "responsibility-areas",
                        "online-grids",
                        "watch-areas");
        assertThat(page.at("/items/4/smallestZoom").asInt()).isEqualTo(12);
        assertThat(page.at("/items/4/path").asString()).isEqualTo("/v1/tiles/grids/{z}/{x}/{y}.mvt");
    }

    @ParameterizedTest
    @CsvSource({"grids, 12", "grids, 15", "communities, 10", "communities, 13", "streets, 8", "districts, 7", "city, 6"
    })
    @NativeOnly("runs this machine's GDAL")
    void the_tiles_of_a_zoom_hold_every_unit_of_the_tier(String tileset, int zoom) throws Exception {
        Set<String> drawn = new TreeSet<>();
        Gdal gdal = new Gdal(folder, ADMINISTRATOR);
        for (Path tile : tilesOfTheCity(tileset, zoom)) {
            for (JsonNode feature : gdal.read(folder, tile.toString(), tileset, "-oo", "CLIP=NO")
                    .get("features")) {
                JsonNode properties = feature.get("properties");
                drawn.add(properties.get("code").asString() + " "
                        + properties.get("name").asString() + " "
                        + properties.get("tier").asString() + " "
                        + properties.get("population").asLong());
            }
        }

        assertThat(drawn)
                .containsExactlyElementsOf(database()
                        .sql("""
                                select code || ' ' || name || ' ' || tier || ' ' || population from grid.unit_view
                                where tier = :tier order by code""")
                        .param(
                                "tier",
                                Tileset.find(tileset).orElseThrow().tier().name())
                        .query(String.class)
                        .list());
    }

    @Test
    @NativeOnly("runs this machine's GDAL")
    void gdal_reads_a_tile_from_the_service_where_it_lies() throws Exception {
        String read = new Gdal(folder, ADMINISTRATOR)
                .run(
                        "ogrinfo",
                        "-ro",
                        "-al",
                        "-so",
                        "-oo",
                        "CLIP=NO",
                        "MVT:/vsicurl/" + address() + "/v1/tiles/districts/5/25/13.mvt");

        assertThat(read)
                .contains(
                        "Layer name: districts",
                        "Feature Count: 2",
                        "WGS 84 / Pseudo-Mercator",
                        "code: String",
                        "population: Integer");
    }

    @Test
    @NativeOnly("runs this machine's GDAL")
    void a_simplified_border_is_where_the_border_is() throws Exception {
        Path tile = save("districts", 5, 25, 13).orElseThrow();
        JsonNode district = new Gdal(folder, ADMINISTRATOR)
                .read(
                        folder,
                        tile.toString(),
                        "districts",
                        "-oo",
                        "CLIP=NO",
                        "-t_srs",
                        "EPSG:4326",
                        "-where",
                        "code = '500103'")
                .at("/features/0/geometry");

        double shared = database()
                .sql("""
                        select st_area(st_intersection(st_makevalid(st_geomfromgeojson(:drawn)), boundary)) / st_area(boundary)
                        from grid.unit_view where code = '500103'""")
                .param("drawn", district.toString())
                .query(Double.class)
                .single();
        // A pixel of zoom 5 is four kilometres here; the district is ten by five.
        assertThat(shared).isGreaterThan(0.7);
    }

    @Test
    void the_name_of_a_tier_does_as_well() {
        assertThat(tile("/v1/tiles/GRID/" + MIDDLE + ".mvt").body())
                .isEqualTo(tile("/v1/tiles/grids/" + MIDDLE + ".mvt").body());
        assertThat(tile("/v1/tiles/MICRO_GRID/14/0/0.mvt").statusCode()).isEqualTo(204);
    }

    @Test
    void below_the_smallest_zoom_and_where_nothing_is_there_is_no_content() {
        assertThat(tile("/v1/tiles/grids/11/1630/848.mvt").statusCode()).isEqualTo(204);
        assertThat(tile("/v1/tiles/grids/12/0/0.mvt").statusCode()).isEqualTo(204);
        assertThat(tile("/v1/tiles/micro-grids/14/13043/6782.mvt").statusCode()).isEqualTo(204);
        assertThat(tile("/v1/tiles/grids/" + MIDDLE + ".mvt").statusCode()).isEqualTo(200);
    }

    @Test
    void an_unchanged_tile_is_not_sent_again() {
        HttpResponse<byte[]> first = tile("/v1/tiles/grids/" + MIDDLE + ".mvt");
        String tag = header(first, "ETag");

        assertThat(first.headers().allValues("ETag")).hasSize(1);
        assertThat(first.headers().firstValue("Content-Type")).contains("application/vnd.mapbox-vector-tile");
        assertThat(header(first, "Cache-Control")).isEqualTo("max-age=60, must-revalidate, private");
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag)) {
            HttpResponse<byte[]> again = tile("/v1/tiles/grids/" + MIDDLE + ".mvt", "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().allValues("ETag")).containsExactly(tag);
            assertThat(header(again, "Cache-Control")).isEqualTo("max-age=60, must-revalidate, private");
        }
        assertThat(tile("/v1/tiles/grids/" + MIDDLE + ".mvt", "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_tile_of_a_named_version_is_kept_for_long() {
        HttpResponse<byte[]> named = tile("/v1/tiles/grids/" + MIDDLE + ".mvt?mapVersion=1");

        assertThat(header(named, "Cache-Control")).isEqualTo("max-age=604800, private, immutable");
        assertThat(named.body())
                .isEqualTo(tile("/v1/tiles/grids/" + MIDDLE + ".mvt").body());
        assertThat(named.body())
                .isEqualTo(tile("/v1/tiles/grids/" + MIDDLE + ".mvt?at=2024-01-01T00:00:00Z")
                        .body());
    }

    @Test
    void head_tells_the_same_without_a_body() throws Exception {
        HttpResponse<byte[]> head = CLIENT.send(
                request("/v1/tiles/grids/" + MIDDLE + ".mvt")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(tile("/v1/tiles/grids/" + MIDDLE + ".mvt"), "ETag"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/tiles/villages/7/101/52.mvt                                | 404 | UNKNOWN_TILESET
            /v1/tiles/%27%20or%201=1/7/101/52.mvt                          | 404 | UNKNOWN_TILESET
            /v1/tiles/districts/23/0/0.mvt                                 | 400 | BAD_TILE
            /v1/tiles/districts/-1/0/0.mvt                                 | 400 | BAD_TILE
            /v1/tiles/districts/7/128/52.mvt                               | 400 | BAD_TILE
            /v1/tiles/districts/7/101/128.mvt                              | 400 | BAD_TILE
            /v1/tiles/districts/7/101/x.mvt                                | 400 | BAD_TILE
            /v1/tiles/districts/7/101/5.2.mvt                              | 400 | BAD_TILE
            /v1/tiles/grids/3/9/0.mvt                                      | 400 | BAD_TILE
            /v1/tiles/districts/7/101/52.mvt?at=yesterday                  | 400 | BAD_INSTANT
            /v1/tiles/districts/7/101/52.mvt?at=1900-01-01T00:00:00Z       | 404 | NO_MAP
            /v1/tiles/districts/7/101/52.mvt?mapVersion=x                  | 400 | BAD_MAP_VERSION
            /v1/tiles/districts/7/101/52.mvt?mapVersion=99                 | 404 | UNKNOWN_MAP_VERSION
            /v1/tiles/districts/7/101/52.mvt?mapVersion=1&at=2024-01-01T00:00:00Z | 400 | BAD_MAP_VERSION
            /v1/tiles/key-places/12/3260/1695.mvt?mapVersion=1             | 400 | BAD_MAP_VERSION
            /v1/tiles/districts/7/101/52.pbf                               | 404 | UNKNOWN_PATH
            /v1/tiles/districts/7/101                                      | 404 | UNKNOWN_PATH
            """)
    void nonsense_is_answered_with_a_problem(String path, int status, String reason) {
        Answer answer = get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.body().get("reason").asString()).isEqualTo(reason);
    }

    @Test
    @NativeOnly("runs this machine's GDAL")
    void a_layer_has_tiles_that_change_with_it() throws Exception {
        String path = "/v1/tiles/watch-areas/12/3260/1695.mvt";
        HttpResponse<byte[]> before = tile(path);
        assertThat(before.statusCode()).isEqualTo(204);

        database().sql("""
                        insert into grid.layer_feature (layer, id, valid_from, kind, name, geometry, provenance)
                        select 'WATCH_AREA', 'tile-1', '2024-01-01', 'FLOOD', '七星岗', boundary, 'REGISTERED'
                        from grid.unit_view where code = '500103001'""").update();
        HttpResponse<byte[]> after = tile(path, "If-None-Match", header(before, "ETag"));
        assertThat(after.statusCode()).isEqualTo(200);
        JsonNode area = new Gdal(folder, ADMINISTRATOR)
                .read(
                        folder,
                        save("watch-areas", 12, 3260, 1695).orElseThrow().toString(),
                        "watch-areas",
                        "-oo",
                        "CLIP=NO")
                .at("/features/0/properties");
        assertThat(area.get("id").asString()).isEqualTo("tile-1");
        assertThat(area.get("kind").asString()).isEqualTo("FLOOD");
        assertThat(area.get("name").asString()).isEqualTo("七星岗");

        database()
                .sql("update grid.layer_feature set name = '解放碑' where id = 'tile-1'")
                .update();
        assertThat(tile(path, "If-None-Match", header(after, "ETag")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_ends_by_itself_changes_the_tag_of_its_layer() {
        database().sql("""
                        insert into grid.layer_feature (layer, id, valid_from, valid_to, kind, name, geometry, provenance)
                        select 'KEY_PLACE', 'tile-2', '2024-01-01', '2024-02-01', 'SCHOOL', 's', representative_point, 'REGISTERED'
                        from grid.unit_view where code = '500103001'""").update();
        String path = "/v1/tiles/key-places/" + MIDDLE + ".mvt?at=";

        String tag = header(tile(path + "2024-01-15T00:00:00Z"), "ETag");
        assertThat(header(tile(path + "2024-01-16T00:00:00Z"), "ETag")).isEqualTo(tag);
        assertThat(header(tile(path + "2024-02-01T00:00:00Z"), "ETag")).isNotEqualTo(tag);
        assertThat(header(tile(path + "2023-12-31T00:00:00Z"), "ETag")).isNotEqualTo(tag);
    }

    @Test
    void two_instances_share_what_is_to_be_simplified_and_a_level_that_was_broken_off_is_taken_up() {
        long units = count("select count(*) from grid.tile_unit");
        long sum = count("select sum(st_npoints(boundary)) from grid.tile_unit");
        // As an instance leaves it that died long ago, half way through everything.
        database()
                .sql("update grid.tile_level set done = false, claimed_until = now() - interval '1 minute'")
                .update();
        database()
                .sql("delete from grid.tile_unit where right(code, 1) in ('1', '3', '5')")
                .update();

        CompletableFuture<Void> one = CompletableFuture.runAsync(this::prepareAll, Thread::startVirtualThread);
        CompletableFuture<Void> other = CompletableFuture.runAsync(this::prepareAll, Thread::startVirtualThread);
        CompletableFuture.allOf(one, other).join();
        whenAllIsPrepared();

        assertThat(count("select count(*) from grid.tile_unit")).isEqualTo(units);
        assertThat(count("select sum(st_npoints(boundary)) from grid.tile_unit"))
                .isEqualTo(sum);
    }

    @Test
    void a_tile_is_right_before_its_tier_is_simplified() throws Exception {
        String tag = header(tile("/v1/tiles/grids/" + MIDDLE + ".mvt"), "ETag");
        database()
                .sql("update grid.tile_level set done = false, claimed_until = 'infinity' where tier = 'GRID'")
                .update();
        try {
            HttpResponse<byte[]> unprepared = tile("/v1/tiles/grids/" + MIDDLE + ".mvt", "If-None-Match", tag);

            assertThat(unprepared.statusCode()).isEqualTo(200);
            assertThat(header(unprepared, "ETag")).isNotEqualTo(tag);
        } finally {
            database()
                    .sql("update grid.tile_level set done = true, claimed_until = null where tier = 'GRID'")
                    .update();
        }
    }

    @Test
    void what_an_older_rendition_made_is_removed() {
        database().sql("""
                        insert into grid.tile_level (map_version, tier, to_zoom, rendition, done)
                        values (1, 'GRID', 12, 0, true)""").update();
        database().sql("""
                        insert into grid.tile_unit (level, code, name, population, boundary)
                        select l.id, u.code, u.name, u.population, u.boundary
                        from grid.tile_level l, grid.tile_unit u join grid.tile_level o on o.id = u.level
                        where l.rendition = 0 and o.tier = 'GRID' and o.to_zoom = 12 and o.rendition > 0""").update();

        prepare.prepareNext();

        assertThat(count("select count(*) from grid.tile_level where rendition = 0"))
                .isZero();
        assertThat(count("select count(*) from grid.tile_level")).isEqualTo(15);
    }

    private void prepareAll() {
        while (prepare.prepareNext()) {
            // the next one
        }
    }

    private List<Path> tilesOfTheCity(String tileset, int zoom) throws Exception {
        List<Path> tiles = new ArrayList<>();
        JsonNode box = get("/ogc/collections/city").body().at("/extent/spatial/bbox/0");
        int top = row(box.get(3).asDouble(), zoom);
        int bottom = row(box.get(1).asDouble(), zoom);
        for (int x = column(box.get(0).asDouble(), zoom); x <= column(box.get(2).asDouble(), zoom); x++) {
            for (int y = top; y <= bottom; y++) {
                save(tileset, zoom, x, y).ifPresent(tiles::add);
            }
        }
        assertThat(tiles).isNotEmpty();
        return tiles;
    }

    /** GDAL reads from its path where a tile lies. */
    private Optional<Path> save(String tileset, int z, int x, int y) throws Exception {
        HttpResponse<byte[]> tile = tile("/v1/tiles/" + tileset + "/" + z + "/" + x + "/" + y + ".mvt");
        if (tile.statusCode() == 204) {
            return Optional.empty();
        }
        assertThat(tile.statusCode()).isEqualTo(200);
        Path file = folder.resolve(z + "/" + x + "/" + y + ".mvt");
        Files.createDirectories(file.getParent());
        return Optional.of(Files.write(file, tile.body()));
    }

    private static int column(double longitude, int zoom) {
        return (int) ((longitude + 180) / 360 * (1 << zoom));
    }

    private static int row(double latitude, int zoom) {
        double radians = Math.toRadians(latitude);
        return (int) ((1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2 * (1 << zoom));
    }

    private static long count(String sql) {
        return database().sql(sql).query(Long.class).single();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private HttpResponse<byte[]> tile(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).header("Authorization", "Bearer " + ADMINISTRATOR);
    }
}
