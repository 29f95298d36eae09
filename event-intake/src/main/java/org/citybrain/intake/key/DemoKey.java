package org.citybrain.intake.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.citybrain.access.BadKeyException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The key of the demo city's gateway, in a file that only its owner can read. */
@Component
public class DemoKey {

    private final KnownKeys known;
    private final IssueKey issue;
    private final @Nullable Path file;
    private boolean isThere;

    DemoKey(KnownKeys known, IssueKey issue, KeySettings settings) {
        this.known = known;
        this.issue = issue;
        this.file = settings.demoFile();
    }

    /** Makes sure, once, that the file holds a good key of this source: the one that it holds already, or a new one. */
    public void ensure(String sourceId) {
        if (file != null && !isThere) {
            known.refresh();
            if (!holdsKeyOf(sourceId, file)) {
                // Nobody has the older ones any more.
                write(issue.issue(sourceId, Duration.ZERO).key(), file);
            }
            isThere = true;
        }
    }

    private boolean holdsKeyOf(String sourceId, Path file) {
        try {
            return Files.exists(file)
                    && known.check(Files.readString(file).strip()).sourceId().equals(sourceId);
        } catch (BadKeyException old) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void write(String key, Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path unfinished = Files.createTempFile(
                    folder,
                    "key",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, key + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the demo gateway's key", failure);
        }
    }
}
