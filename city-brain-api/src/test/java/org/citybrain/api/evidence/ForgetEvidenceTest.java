package org.citybrain.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Stream;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.api.running.RunningApi;
import org.citybrain.messages.UnitCode;
import org.citybrain.migrations.ServiceLogin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/** What is kept and what is forgotten, with a folder of the test's own. */
class ForgetEvidenceTest {

    private static final Person WORKER =
            new Person("grid-worker", Set.of(Role.GRID_WORKER), new UnitCode("500112001001001"), null);
    private static final Sha256 HASH = new Sha256("9f86d081884c7d65".repeat(4));
    private static final Duration PATIENCE = Duration.ofHours(24);

    @TempDir
    private Path folder;

    private final PostgresEvidence evidence = new PostgresEvidence(
            JdbcClient.create(RunningApi.shared().database().dataSource(ServiceLogin.API)));

    @BeforeEach
    void forgetAll() {
        RunningApi.shared().stored().nothing();
    }

    @Test
    void half_a_piece_is_forgotten_a_day_after_its_last_part_and_its_bytes_with_it() throws Exception {
        Keeping first = at(RunningApi.NOW);
        EvidenceUpload upload = first.begin(HASH, EvidenceType.JPEG, 100, WORKER);
        Instant later = RunningApi.NOW.plus(PATIENCE).minusSeconds(1);
        at(later).add(upload, new ByteArrayInputStream(new byte[40]));
        assertThat(files("uploads")).isEqualTo(1);

        at(later.plus(PATIENCE).minusSeconds(1)).forget().forgetExpired();
        assertThat(files("uploads")).as("a part moves the end").isEqualTo(1);
        at(later.plus(PATIENCE)).forget().forgetExpired();

        assertThat(files("uploads")).isZero();
        assertThatThrownBy(() -> first.get(upload.id(), WORKER)).isInstanceOf(ErrorResponseException.class);
        assertThat(files("staging")).as("nothing lies about").isZero();
    }

    @Test
    void of_two_parts_for_the_same_place_one_counts() throws Exception {
        Keeping keep = at(RunningApi.NOW);
        EvidenceUpload upload = keep.begin(HASH, EvidenceType.JPEG, 100, WORKER);
        keep.add(upload, new ByteArrayInputStream(new byte[40]));

        assertThatThrownBy(() -> keep.add(upload, new ByteArrayInputStream(new byte[60])))
                .isInstanceOf(ErrorResponseException.class);
        assertThatThrownBy(() -> keep.add(upload, new ByteArrayInputStream(new byte[50])))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused -> assertThat(refused.getStatusCode().value()).isEqualTo(409));
        assertThat(files("uploads")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evidence", "evidence/../../outside", "/etc/passwd"})
    void no_key_leads_out_of_the_folder(String key) {
        var store = new FolderEvidenceStore(folder);

        assertThatThrownBy(() -> store.open(key)).isInstanceOf(IllegalArgumentException.class);
    }

    private Keeping at(Instant now) {
        var settings =
                new EvidenceSettings(folder, DataSize.ofMegabytes(20), DataSize.ofMegabytes(200), 50, 1_000, PATIENCE);
        return Keeping.in(new FolderEvidenceStore(folder), evidence, settings, Clock.fixed(now, ZoneOffset.UTC));
    }

    private long files(String name) throws IOException {
        Path place = folder.resolve(name);
        if (!Files.exists(place)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
