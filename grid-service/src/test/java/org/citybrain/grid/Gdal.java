package org.citybrain.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GDAL's own programs, as a GIS person runs them: the token stands in a file of headers. */
public final class Gdal {

    private final Path headers;

    /** @param folder where the file of headers may lie */
    public Gdal(Path folder, String token) throws IOException {
        this.headers = Files.writeString(folder.resolve("city-brain.headers"), "Authorization: Bearer " + token + "\n");
    }

    /** What the program printed; it must end well. */
    public String run(String... command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("GDAL_HTTP_HEADER_FILE", headers.toString());
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            assertThat(printed).doesNotContain("ERROR");
            return printed;
        } catch (IOException failure) {
            throw new IllegalStateException(String.join(" ", command) + ": is gdal-bin installed?", failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** What a source holds, as GDAL reads it: a GeoJSON collection of features. */
    public JsonNode read(Path folder, String... source) throws IOException {
        Path file = folder.resolve("read.geojson");
        Files.deleteIfExists(file);
        String[] command = new String[source.length + 4];
        System.arraycopy(new String[] {"ogr2ogr", "-f", "GeoJSON", file.toString()}, 0, command, 0, 4);
        System.arraycopy(source, 0, command, 4, source.length);
        run(command);
        return JsonMapper.shared().readTree(file.toFile());
    }
}
