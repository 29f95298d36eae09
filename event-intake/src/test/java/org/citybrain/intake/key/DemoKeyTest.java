package org.citybrain.intake.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.citybrain.intake.IntakeTest;
import org.citybrain.intake.StartedIntake;
import org.citybrain.intake.TestCity;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoKeyTest {

    @Test
    void its_file_holds_a_good_key_after_every_start(@TempDir Path folder) throws IOException {
        Database database = Infrastructure.shared().newDatabase();
        TestCity.load(database);
        Path file = folder.resolve("secrets/demo-gateway-key");
        String first = start(database, file);
        String second = start(database, file);
        Files.writeString(file, "lost");
        String third = start(database, file);

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    private static String start(Database database, Path file) throws IOException {
        try (StartedIntake intake = StartedIntake.start(
                database, Map.of("city-brain.intake.demo-sources", true, "CITY_BRAIN_DEMO_KEY_FILE", file))) {
            String key = Files.readString(file).strip();
            assertThat(IntakeTest.send(intake.requestOfNobody("/v1/reports?dryRun=true")
                                    .header("X-Api-Key", key)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{}")))
                            .text("reason"))
                    .isEqualTo("MISSING_VALUE");
            return key;
        }
    }
}
