package org.citybrain.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks into every log of a run for what must never be there: each of its secrets, and whatever looks like a token or a key. */
final class LeakedSecrets {

    /** Shorter than any password or key of ours, longer than any name that stands beside them. */
    private static final Pattern SECRET = Pattern.compile("[\\w-]{40,}");

    private static final Pattern TOKEN_OR_KEY =
            Pattern.compile("eyJ[\\w-]{16,}\\.[\\w-]+\\.[\\w-]+|cbk_[0-9a-f]{16}_[0-9a-f]{64}");

    private LeakedSecrets() {}

    /** Where they are, as {@code logs/city-brain.log:12}, never the secret itself. */
    static List<String> find(Path folder) throws IOException {
        List<String> secrets = new ArrayList<>();
        for (Path file : files(folder.resolve("secrets"), "")) {
            SECRET.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .forEach(secrets::add);
        }
        List<String> leaks = new ArrayList<>();
        for (Path log : files(folder, ".log")) {
            List<String> lines = Files.readAllLines(log);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (TOKEN_OR_KEY.matcher(line).find() || secrets.stream().anyMatch(line::contains)) {
                    leaks.add(folder.relativize(log) + ":" + (i + 1));
                }
            }
        }
        return leaks;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        // No deeper: below lie the data of Kafka and PostGIS.
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .toList();
        }
    }
}
