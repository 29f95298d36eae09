package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What lives in the heap of another JVM that collects in series, after all that does not live was thrown away. */
public final class LiveHeap {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    /** Of the heap; what the classes take comes after them. */
    private static final int GENERATIONS = 2;

    private LiveHeap() {}

    public static long bytes(long process) throws IOException, InterruptedException {
        ask(process, "GC.run");
        return USED.matcher(ask(process, "GC.heap_info"))
                        .results()
                        .limit(GENERATIONS)
                        .map((MatchResult used) -> used.group(1))
                        .mapToLong(Long::parseLong)
                        .sum()
                << 10;
    }

    private static String ask(long process, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process),
                        command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("process " + process + " does not tell of its heap: " + answer);
        }
        return answer;
    }
}
