package org.citybrain.intake.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.citybrain.access.BadKeyException;
import org.citybrain.access.secret.SecretFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The key of the demo city's gateway, in a file that only its owner can read. */
@Component
public class DemoKey {

    private final KnownKeys known;
    private final IssueKey issue;
    private final @Nullable SecretFile file;
    private boolean isThere;

    DemoKey(KnownKeys known, IssueKey issue, KeySettings settings) {
        this.known = known;
        this.issue = issue;
        this.file = settings.demoFile() == null ? null : new SecretFile(settings.demoFile());
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

    private boolean holdsKeyOf(String sourceId, SecretFile file) {
        try {
            return known.check(file.read().orElse("").strip()).sourceId().equals(sourceId);
        } catch (BadKeyException old) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void write(String key, SecretFile file) {
        try {
            file.write(key + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the demo gateway's key", failure);
        }
    }
}
