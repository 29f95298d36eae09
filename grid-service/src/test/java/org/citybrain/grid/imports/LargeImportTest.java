package org.citybrain.grid.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A city of Chongqing's size in one file, streamed from a disk; then the same file once more with other borders. */
@Tag("full-city")
class LargeImportTest extends RunningImports {

    private static final Map<String, Long> UNITS =
            Map.of("CITY", 1L, "DISTRICT", 38L, "STREET", 1_026L, "COMMUNITY", 11_286L, "GRID", 67_716L);

    @Test
    void a_city_of_67716_grids_is_one_import_and_another_one_replaces_it(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("city.geojson");
        write(MadeMap.large(), file, "网格");

        Answer answer = take(file, FIRST, Map.of());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().get("units").get("created").asLong())
                .isEqualTo(UNITS.values().stream().mapToLong(Long::longValue).sum());
        assertThat(unitsByTier(FIRST)).isEqualTo(UNITS);
        assertThat(count("grid.unit_view v where not st_isvalid(boundary)")).isZero();
        assertThat(
                        count(
                                "grid.unit_view p join (select parent_code, sum(st_area(boundary)) as area, sum(population) as people"
                                        + " from grid.unit_view group by parent_code) c on c.parent_code = p.code"
                                        + " where abs(st_area(p.boundary) - c.area) > 1e-6 * c.area or p.population <> c.people"))
                .isZero();

        write(MadeMap.large(), file, "新网格");
        Answer again = take(file, REFORM, Map.of("replaces", "50"));
        assertThat(again.body().get("units").get("changed").asLong()).isEqualTo(67_716);
        assertThat(unitsByTier(REFORM)).isEqualTo(UNITS);
        assertThat(count("grid.unit_version where valid_to is null")).isEqualTo(80_067);
    }

    private Answer take(Path file, String effectiveFrom, Map<String, String> parameters) throws IOException {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("effectiveFrom", effectiveFrom);
        return post(token("admin", "50", "ADMIN"), all, BodyPublishers.ofFile(file));
    }

    private static Map<String, Long> unitsByTier(String at) {
        return database()
                .sql("select tier, count(*) as units from " + unitsAt(at) + " group by tier")
                .query((row, number) -> Map.entry(row.getString("tier"), row.getLong("units")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void write(MadeMap map, Path file, String gridName) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"type\": \"FeatureCollection\", \"features\": [\n");
            writeFeature(out, "50", "名城市", null);
            for (String code : map.districtCodes()) {
                writeFeature(out.append(",\n"), code, "区" + code, null);
            }
            for (String code : map.listStreets()) {
                writeFeature(out.append(",\n"), code, "镇" + code, null);
            }
            for (String code : map.listCommunities()) {
                writeFeature(out.append(",\n"), code, "村" + code, null);
            }
            map.forEachGrid((code, cells) -> {
                try {
                    writeFeature(
                            out.append(",\n"),
                            code,
                            gridName + code,
                            String.valueOf(BoundaryFile.geometry(MadeMap.union(cells))));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
            out.write("]}\n");
        }
    }

    private static void writeFeature(Writer out, String code, String name, @Nullable String geometry)
            throws IOException {
        out.write("{\"type\": \"Feature\", \"properties\": {\"code\": \"" + code + "\", \"name\": \"" + name
                + "\", \"population\": 500}, \"geometry\": " + geometry + "}");
    }
}
