package org.citybrain.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./city-brain} as somebody in front of the machine calls it, on a folder of its own, with what is built already. */
record Launcher(Path folder) {

    /** How it ended and what it printed. */
    record Answer(int exitCode, String output) {}

    Answer run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("..", "city-brain").toRealPath().toString()));
        command.addAll(List.of(arguments));
        // Into a file: a system that was started in the background keeps the output open.
        Path output = folder.resolve("launcher.out");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CITY_BRAIN_FOLDER", folder.toString());
        builder.environment().put("CITY_BRAIN_NO_BUILD", "yes");
        int exitCode = builder.start().waitFor();
        return new Answer(exitCode, Files.readString(output, StandardCharsets.UTF_8));
    }
}
