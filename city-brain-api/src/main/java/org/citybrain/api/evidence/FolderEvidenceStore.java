package org.citybrain.api.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A folder of this machine, or one that all instances mount. It is made when the first piece comes. */
final class FolderEvidenceStore implements EvidenceStore {

    private static final String STAGING = "staging";

    private final Path folder;

    FolderEvidenceStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Path newFile() throws IOException {
        return Files.createTempFile(Files.createDirectories(folder.resolve(STAGING)), "evidence-", ".part");
    }

    @Override
    public void put(String key, Path file) throws IOException {
        Path place = place(key);
        Files.createDirectories(place.getParent());
        Path own = newFile();
        try {
            Files.copy(file, own, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(own, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(own, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(own);
        }
    }

    @Override
    public InputStream open(String key) throws IOException {
        return Files.newInputStream(place(key));
    }

    @Override
    public void delete(String key) throws IOException {
        Path place = place(key);
        Files.deleteIfExists(place);
        try {
            Files.deleteIfExists(place.getParent());
        } catch (DirectoryNotEmptyException others) {
            // It goes with the last of them.
        }
    }

    @Override
    public List<String> untouched(String under, Instant since) throws IOException {
        Path start = place(under);
        List<String> keys = new ArrayList<>();
        if (Files.exists(start)) {
            Files.walkFileTree(start, new SimpleFileVisitor<Path>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.lastModifiedTime().toInstant().isBefore(since)) {
                        keys.add(folder.relativize(file).toString());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path gone, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return keys;
    }

    @Override
    public void deleteUnfinished(Instant untouchedSince) throws IOException {
        for (String key : untouched(STAGING, untouchedSince)) {
            Files.deleteIfExists(place(key));
        }
    }

    private Path place(String key) {
        Path place = folder.resolve(key).normalize();
        if (!place.startsWith(folder)) {
            throw new IllegalArgumentException(key + " leads out of the store: expected a key of this service");
        }
        return place;
    }
}
