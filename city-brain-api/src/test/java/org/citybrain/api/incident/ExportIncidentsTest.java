package org.citybrain.api.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExportIncidentsTest {

    private static final Instant JULY = Instant.parse("2026-07-10T00:00:00Z");

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();

    @Test
    void a_table_has_a_line_for_each_incident_and_a_head() {
        stored.incident(JULY).rest(1).store();
        stored.incident(JULY).rest(2).status("CLOSED").store();

        Answer csv = api.get("/v1/incidents/export?format=csv&status=OPEN");

        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.header("Content-Disposition")).contains("incidents.csv");
        List<String> lines = csv.text().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("\"number\",\"id\",\"type\"");
        assertThat(lines.getLast()).contains("\"内涝积水\",\"Waterlogging\"", ",\"106.55\",\"29.55\",", "\"空港第一网格\"");
        assertThat(stored.jdbc()
                        .sql(
                                "select detail from audit.line where action = 'incident.export' order by sequence desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"parameters\":{\"format\":[\"csv\"],\"status\":[\"OPEN\"]}}");
    }

    @Test
    void an_export_that_breaks_off_ends_with_its_connection_and_is_in_the_audit_trail() {
        many(2500);
        stored.jdbc().sql("""
                        update dispatch.incident set location = st_geomfromtext('POINT EMPTY', 4326)
                        where id = (select min(id::text)::uuid from dispatch.incident)
                        """).update();

        assertThatThrownBy(() -> api.get("/v1/incidents/export?format=csv&level=II"))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(stored.jdbc()
                        .sql(
                                "select detail from audit.line where action = 'incident.export' order by sequence desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"parameters\":{\"format\":[\"csv\"],\"level\":[\"II\"]}}");
    }

    @Test
    void no_cell_is_taken_for_a_formula() {
        stored.jdbc()
                .sql("update grid.unit_version set name = '=HYPERLINK(\"http://x\")' where code = :code")
                .param("code", Stored.GRID)
                .update();
        stored.incident(JULY).store();

        assertThat(api.get("/v1/incidents/export").text()).contains(",\"'=HYPERLINK(\"\"http://x\"\")\",");
    }

    @Test
    void a_byte_order_mark_comes_only_where_it_is_wanted() {
        assertThat(api.get("/v1/incidents/export?bom=true").text()).startsWith("\uFEFF\"number\"");
        assertThat(api.get("/v1/incidents/export").text()).startsWith("\"number\"");
    }

    @Test
    void more_than_one_portion_is_sent_whole_and_each_once() {
        many(2500);

        Answer csv = api.get("/v1/incidents/export");

        List<String> ids =
                csv.text().lines().skip(1).map(line -> line.split(",")[1]).toList();
        assertThat(ids).hasSize(2501).doesNotHaveDuplicates();
    }

    @Test
    void what_somebody_does_not_see_is_not_exported() {
        stored.incident(JULY).grids(Stored.OTHER_GRID).store();
        String district = Infrastructure.shared().issuer().token("district-operator", "500112", "OPERATOR");

        assertThat(api.getAs(district, "/v1/incidents/export").text().lines()).hasSize(1);
        assertThat(api.get("/v1/incidents/export?format=xlsx").reason()).isEqualTo("BAD_PARAMETER");
        assertThat(api.get("/v1/incidents/export?levels=I").reason()).isEqualTo("UNKNOWN_PARAMETER");
    }

    @Test
    void gis_programs_read_the_points(@TempDir Path folder) throws Exception {
        stored.incident(JULY).rest(1).store();
        stored.incident(JULY).rest(2).everyday("city.street-lamp", "R1").store();

        Answer geojson = api.get("/v1/incidents/export?format=geojson");

        assertThat(geojson.header("Content-Type")).isEqualTo("application/geo+json");
        JsonNode features = geojson.json().get("features");
        assertThat(features.size()).isEqualTo(2);
        assertThat(features.at("/0/geometry/coordinates").toString()).isEqualTo("[106.55,29.55]");
        String info = ogrinfo(Files.writeString(folder.resolve("incidents.geojson"), geojson.text()));
        assertThat(info).contains("Geometry: Point", "Feature Count: 2", "WGS 84", "commandingUnitName: String");
        assertThat(ogrinfo(Files.writeString(
                        folder.resolve("none.geojson"),
                        api.get("/v1/incidents/export?format=geojson&level=I").text())))
                .contains("Feature Count: 0");
    }

    /** One incident, and so many more like it. */
    private void many(int more) {
        stored.incident(JULY).store();
        stored.jdbc()
                .sql("create temporary table one as select * from dispatch.incident")
                .update();
        stored.jdbc().sql("""
                        insert into dispatch.incident select (r.i).* from (
                            select jsonb_populate_record(i, jsonb_build_object('id', gen_id, 'number', n)) as i
                            from one i cross join lateral (
                                select n, (left(i.id::text, 24) || lpad(to_hex(n), 12, '0'))::uuid as gen_id
                                from generate_series(1, :more) n) g) r
                        """).param("more", more).update();
        stored.jdbc().sql("drop table one").update();
    }

    private static String ogrinfo(Path file) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ogrinfo")), "gdal-bin is not installed");
        Process process = new ProcessBuilder("/usr/bin/ogrinfo", "-ro", "-al", "-so", file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
