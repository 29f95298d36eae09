package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.citybrain.infrastructure.Ports;
import org.citybrain.local.Launcher.Answer;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./city-brain} says to someone who errs: one sentence, the mend, and an exit code. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class LauncherTest {

    @TempDir
    Path folder;

    @Test
    void help_names_every_command() throws Exception {
        Answer answer = run("help");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.output())
                .contains(
                        "up",
                        "status",
                        "down",
                        "logs",
                        "token USER",
                        "simulate rainstorm",
                        "bench map",
                        "bench writer",
                        "test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate            | there is no command 'frobnicate'",
                "up --city atlantis    | there is no city 'atlantis': expected small or full",
                "up --port-base        | the last option needs a value",
                "up --port-base 22     | the port base must be a number between 1024 and 65000, not '22'",
                "up --fast             | there is no option --fast for up",
                "bench everything      | there is no benchmark 'everything': expected all, burst, correlate, flood, growth, intake, live, locate, map, pipeline, rehearsal, screen or writer",
                "bench map --slow      | there is no option --slow for bench map: expected --quick",
                "bench live --slow     | there is no option --slow for bench live: expected --quick",
                "bench writer --slow   | there is no option --slow for bench writer: expected --quick",
                "bench flood --fast    | there is no option --fast for bench flood: expected --port-base N",
                "simulate earthquake   | there is no scenario 'earthquake': expected rainstorm or month",
                "token                 | whose token? for example: ./city-brain token city-operator",
                "test everything       | there is no slow proof 'everything': expected chaos, correlation, deadlines, full-city, keycloak or stream",
            })
    void a_mistaken_command_is_answered_in_one_sentence_with_exit_code_two(String command, String sentence)
            throws Exception {
        Answer answer = run(command.split(" "));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.output().strip())
                .startsWith("City Brain: " + sentence)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status             | it is not running; start it with ./city-brain up",
                "token admin        | it is not running; start it with ./city-brain up",
                "simulate rainstorm | it is not running; start it with ./city-brain up",
                "logs               | there is no log yet: start City Brain with ./city-brain up",
            })
    void what_needs_a_running_system_says_so_when_there_is_none(String command, String sentence) throws Exception {
        Answer answer = run(command.split(" "));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.output().strip()).isEqualTo("City Brain: " + sentence);
    }

    @Test
    void down_is_content_when_nothing_runs() throws Exception {
        assertThat(run("down")).isEqualTo(new Answer(0, "City Brain is not running.\n"));
    }

    @Test
    void a_taken_port_is_named_before_anything_is_built_or_started() throws Exception {
        int base = Ports.findFree();
        try (var taken = new ServerSocket(base + 1, 1, InetAddress.getLoopbackAddress())) {
            Answer answer = run("up", "--detach", "--port-base", Integer.toString(base));

            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.output().strip())
                    .isEqualTo("City Brain: port " + taken.getLocalPort() + " is taken by another program: stop that"
                            + " program, or choose other ports with --port-base N");
        }
    }

    private Answer run(String... arguments) throws Exception {
        return new Launcher(folder).run(arguments);
    }
}
