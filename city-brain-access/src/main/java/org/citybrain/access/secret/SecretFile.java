package org.citybrain.access.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A small text file that only its owner can read, in a folder that only its owner can enter. */
public record SecretFile(Path path) {

    /** Its text; empty when it is not there yet. */
    public Optional<String> read() throws IOException {
        return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
    }

    /** Replaces it as a whole: a reader sees the old text or the new one, never a part, and at no moment can others. */
    public void write(String text) throws IOException {
        Path folder = Files.createDirectories(path.toAbsolutePath().getParent(), only("rwx------"));
        Path unfinished = Files.createTempFile(folder, path.getFileName().toString(), "", only("rw-------"));
        Files.writeString(unfinished, text);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
