package org.citybrain.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room left on the disk that a folder lies on. */
final class FreeSpace {

    private FreeSpace() {}

    static void require(Path folder, long bytes, String what) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new CannotStart("the disk of " + folder + " is full: " + what + " needs " + megabytes(bytes)
                    + " MB, and " + megabytes(free) + " MB are free; make room and start again");
        }
    }

    private static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
