package org.citybrain.grid.ogc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.citybrain.grid.Gdal;
import org.citybrain.grid.RunningGridService;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** GDAL's driver for OGC API – Features, which is none of ours, reads what SQL says is there. */
@NativeOnly("runs this machine's GDAL")
class GdalReadsFeaturesTest extends RunningGridService {

    @TempDir
    private Path folder;

    @Test
    void it_lists_the_collections() throws Exception {
        assertThat(new Gdal(folder, ADMINISTRATOR).run("ogrinfo", "-ro", source()))
                .contains("using driver `OAPIF' successful")
                .contains("city (title: City)", "micro-grids (title: Micro-grids)", "watch-areas (title: Watch areas)");
    }

    @ParameterizedTest
    @CsvSource({"city, CITY", "districts, DISTRICT", "streets, STREET", "communities, COMMUNITY", "grids, GRID"})
    void it_counts_as_many_as_sql(String collection, String tier) throws Exception {
        String read = new Gdal(folder, ADMINISTRATOR).run("ogrinfo", "-ro", "-so", source(), collection);

        assertThat(read)
                .contains(
                        "Feature Count: " + count(tier),
                        "Geometry: Multi Polygon",
                        "population: Integer",
                        "validFrom: DateTime");
    }

    @Test
    void it_copies_all_grids_over_several_pages() throws Exception {
        JsonNode copied = new Gdal(folder, ADMINISTRATOR).read(folder, source(), "grids", "-oo", "PAGE_SIZE=100");

        assertThat(copied.get("features").size()).isEqualTo(count("GRID"));
        assertThat(copied.get("features")
                        .valueStream()
                        .mapToLong(grid -> grid.at("/properties/population").asLong())
                        .sum())
                .isEqualTo(database()
                        .sql("select sum(population) from grid.unit_view where tier = 'GRID'")
                        .query(Long.class)
                        .single());
    }

    @Test
    void it_copies_what_lies_in_a_box() throws Exception {
        JsonNode copied = new Gdal(folder, ADMINISTRATOR)
                .read(folder, source(), "grids", "-spat", "106.55", "29.55", "106.6", "29.58", "-oo", "PAGE_SIZE=1000");

        assertThat(copied.get("features").size())
                .isEqualTo(database().sql("""
                                select count(*) from grid.unit_view
                                where tier = 'GRID' and st_intersects(boundary, st_makeenvelope(106.55, 29.55, 106.6, 29.58, 4326))""").query(Integer.class).single())
                .isPositive();
    }

    private String source() {
        return "OAPIF:" + address() + "/ogc";
    }

    private static int count(String tier) {
        return database()
                .sql("select count(*) from grid.unit_view where tier = :tier")
                .param("tier", tier)
                .query(Integer.class)
                .single();
    }
}
