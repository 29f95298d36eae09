package org.citybrain.api.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where the bytes lie. A key is a path of names that this service makes itself, of hexadecimal digits, numbers and hyphens. What was put
 * is on the disk, or wherever it is kept, when the method returns; putting the same again changes nothing.
 */
interface EvidenceStore {

    /** A new empty file on this machine, for what is on its way into the store. Whoever asked for it deletes it. */
    Path newFile() throws IOException;

    void put(String key, Path file) throws IOException;

    /** @throws java.io.FileNotFoundException or another IOException if there is no such thing */
    InputStream open(String key) throws IOException;

    /** Nothing happens where there is no such thing. */
    void delete(String key) throws IOException;

    /** The keys in one folder of the store that nothing was written to since. */
    List<String> untouched(String folder, Instant since) throws IOException;

    /** Deletes what was on its way into the store and was left there, by a service that was killed. */
    void deleteUnfinished(Instant untouchedSince) throws IOException;
}
