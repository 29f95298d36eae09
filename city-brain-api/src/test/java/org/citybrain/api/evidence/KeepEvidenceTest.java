package org.citybrain.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.citybrain.access.Person;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.Stored;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/** Two requests for one upload whose steps fall between each other's, and what a killed service leaves. */
class KeepEvidenceTest {

    private static final Person WORKER = new Person("grid-worker", Set.of(), null, null);
    private static final Instant NOW = RunningApi.NOW;

    private final Stored stored = RunningApi.shared().stored();
    private final PostgresEvidence evidence = new PostgresEvidence(stored.jdbc());
    private final byte[] photo = photo();

    @TempDir
    private Path folder = Path.of("");

    private InterruptedStore store = new InterruptedStore(folder);
    private Keeping first = keep(store);
    private Keeping second = first;

    @BeforeEach
    void store() {
        stored.nothing();
        store = new InterruptedStore(folder);
        first = keep(store);
        second = keep(new FolderEvidenceStore(folder));
    }

    @Test
    void the_last_part_sent_twice_at_once_is_answered_twice() throws IOException {
        EvidenceUpload half = second.add(begin(), part(0, 500));
        store.beforeOpen =
                () -> assertThat(second.add(half, part(500, 1_000)).isWhole()).isTrue();

        EvidenceUpload whole = first.add(half, part(500, 1_000));

        assertThat(whole.isWhole()).isTrue();
        assertThat(second.getSeen(hash(), WORKER).sizeBytes()).isEqualTo(1_000);
        assertThat(files("uploads")).isEmpty();
    }

    @Test
    void a_part_that_cannot_be_read_is_answered_as_a_store_that_does_not_answer() throws IOException {
        EvidenceUpload half = second.add(begin(), part(0, 500));
        for (Path file : files("uploads")) {
            Files.delete(file);
        }

        assertThat(reason(() -> first.add(half, part(500, 1_000)))).isEqualTo("EVIDENCE_UNREACHABLE");
    }

    @Test
    void a_shorter_part_that_comes_while_the_whole_is_stored_takes_nothing_from_it() throws IOException {
        EvidenceUpload half = second.add(begin(), part(0, 500));
        store.beforeOpen = () -> second.add(half, part(500, 700));

        first.add(half, part(500, 1_000));

        assertThat(second.get(half.id(), WORKER).isWhole()).isTrue();
        assertThat(files("uploads")).isEmpty();
    }

    @Test
    void a_wrong_last_part_takes_nothing_from_the_right_one_that_came_meanwhile() throws IOException {
        EvidenceUpload half = second.add(begin(), part(0, 500));
        store.beforeOpen = () -> second.add(half, part(500, 700));

        assertThat(reason(() -> first.add(half, new ByteArrayInputStream(new byte[500]))))
                .isEqualTo("EVIDENCE_DIFFERS");

        EvidenceUpload now = second.get(half.id(), WORKER);
        assertThat(now.receivedBytes()).isEqualTo(700);
        assertThat(second.add(now, part(700, 1_000)).isWhole()).isTrue();
    }

    @Test
    void a_piece_comes_in_at_most_so_many_parts_the_last_of_which_is_the_rest() throws IOException {
        EvidenceUpload upload = second.add(second.add(begin(), part(0, 1)), part(1, 2));

        assertThat(reason(() -> second.add(upload, part(2, 3)))).isEqualTo("EVIDENCE_QUOTA");
        assertThat(second.add(upload, part(2, 1_000)).isWhole()).isTrue();
    }

    @Test
    void one_person_has_at_most_so_many_uploads_open() {
        begin();
        second.begin(new Sha256("1".repeat(64)), EvidenceType.PDF, 10, WORKER);

        assertThat(reason(() -> second.begin(new Sha256("2".repeat(64)), EvidenceType.PDF, 10, WORKER)))
                .isEqualTo("EVIDENCE_QUOTA");
        assertThat(begin().receivedBytes()).as("announced again").isZero();
    }

    @Test
    void what_a_killed_service_left_is_deleted_and_nothing_that_is_waited_for() throws IOException {
        EvidenceUpload upload = second.add(begin(), part(0, 500));
        Path waitedFor = files("uploads").getFirst();
        Path left = file("uploads/" + UUID.randomUUID() + "/0-" + UUID.randomUUID());
        Path unfinished = file("staging/evidence-1.part");
        Path fresh = file("staging/evidence-2.part");
        Path foreign = file("uploads/note.txt");
        for (Path old : List.of(waitedFor, left, unfinished, foreign)) {
            Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofHours(2))));
        }
        Files.setLastModifiedTime(fresh, FileTime.from(NOW));

        second.forget().forgetLeft();

        assertThat(List.of(left, unfinished, left.getParent())).allMatch(Files::notExists);
        assertThat(List.of(waitedFor, fresh, foreign)).allMatch(Files::exists);
        assertThat(second.add(upload, part(500, 1_000)).isWhole()).isTrue();
    }

    private EvidenceUpload begin() {
        return second.begin(hash(), EvidenceType.JPEG, photo.length, WORKER);
    }

    private InputStream part(int from, int to) {
        return new ByteArrayInputStream(Arrays.copyOfRange(photo, from, to));
    }

    private Sha256 hash() {
        MessageDigest digest = Sha256.digest();
        digest.update(photo);
        return Sha256.of(digest);
    }

    private Path file(String key) throws IOException {
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "half");
    }

    private List<Path> files(String under) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(under))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Keeping keep(EvidenceStore in) {
        EvidenceSettings settings = new EvidenceSettings(
                folder, DataSize.ofMegabytes(1), DataSize.ofMegabytes(10), 2, 3, Duration.ofHours(24));
        return Keeping.in(in, evidence, settings, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static String reason(Step step) {
        var refused = catchThrowableOfType(ErrorResponseException.class, step::take);
        return String.valueOf(
                Objects.requireNonNull(refused.getBody().getProperties()).get("reason"));
    }

    private static byte[] photo() {
        byte[] photo = new byte[1_000];
        new Random(8).nextBytes(photo);
        System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0}, 0, photo, 0, 4);
        return photo;
    }

    private interface Step {
        void take() throws IOException;
    }

    /** Lets something else happen once, before a part is opened. */
    private static final class InterruptedStore implements EvidenceStore {

        private final FolderEvidenceStore store;
        private Step beforeOpen = () -> {};

        InterruptedStore(Path folder) {
            this.store = new FolderEvidenceStore(folder);
        }

        @Override
        public Path newFile() throws IOException {
            return store.newFile();
        }

        @Override
        public void put(String key, Path file) throws IOException {
            store.put(key, file);
        }

        @Override
        public InputStream open(String key) throws IOException {
            Step step = beforeOpen;
            beforeOpen = () -> {};
            step.take();
            return store.open(key);
        }

        @Override
        public void delete(String key) throws IOException {
            store.delete(key);
        }

        @Override
        public List<String> untouched(String under, Instant since) throws IOException {
            return store.untouched(under, since);
        }

        @Override
        public void deleteUnfinished(Instant untouchedSince) throws IOException {
            store.deleteUnfinished(untouchedSince);
        }
    }
}
