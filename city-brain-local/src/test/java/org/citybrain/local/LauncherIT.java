package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.citybrain.local.Launcher.Answer;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first evening with the system, by its commands: up, a storm, down, and up again. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class LauncherIT {

    @TempDir
    Path folder;

    @Test
    void what_a_storm_left_is_still_there_after_down_and_up() throws Exception {
        var launcher = new Launcher(folder);
        LocalPorts ports = FreePorts.find();
        try (var city = new CityClient(ports, folder)) {
            up(launcher, ports);
            assertThat(Files.getPosixFilePermissions(folder.resolve("secrets/passwords")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));

            assertThat(launcher.run("token", "city-operator").output()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n");
            Answer stranger = launcher.run("token", "stranger");
            assertThat(stranger.output()).startsWith("City Brain: there is no demo person 'stranger'");
            assertThat(stranger.exitCode()).isEqualTo(1);

            Answer storm = launcher.run("simulate", "rainstorm", "--reports", "200", "--seed", "3");
            assertThat(storm.output()).contains("opened", "merged", "the ledger adds up");
            assertThat(storm.exitCode()).isZero();
            long received = city.readLedger().get("received").asLong();
            assertThat(received).isBetween(150L, 200L);

            Launcher.Answer audit = launcher.run("audit", "verify");
            assertThat(audit.output()).startsWith("The audit trail is whole");
            assertThat(audit.exitCode()).isZero();

            assertThat(launcher.run("up").output()).contains("running already");
            assertThat(launcher.run("down").exitCode()).isZero();
            assertThat(launcher.run("status").exitCode()).isEqualTo(1);

            up(launcher, ports);
            assertThat(city.readLedger().get("received").asLong()).isEqualTo(received);
            SettledLedger.await(city);

            kill();
            assertThat(launcher.run("status").exitCode()).isEqualTo(1);
        } finally {
            assertThat(launcher.run("down").exitCode()).isZero();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !Files.exists(folder.resolve("postgis/data/postmaster.pid")));
        assertThat(folder.resolve("logs/city-brain.log")).isNotEmptyFile();
        assertThat(LeakedSecrets.find(folder))
                .as("lines of logs that hold a password, a key or a token")
                .isEmpty();
    }

    private static void up(Launcher launcher, LocalPorts ports) throws Exception {
        Answer up = launcher.run("up", "--detach", "--city", "small", "--port-base", Integer.toString(ports.base()));
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).contains("City Brain is ready", LocalPorts.url(ports.api()) + "/v1/incidents");
        Answer status = launcher.run("status");
        assertThat(status.exitCode()).as(status.output()).isZero();
        assertThat(status.output()).contains("city-brain-api    UP    " + LocalPorts.url(ports.api()));
    }

    private void kill() throws Exception {
        long pid = Files.readAllLines(folder.resolve("run")).stream()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring(4)))
                .findFirst()
                .orElseThrow();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ProcessHandle.of(pid).isEmpty() || !Files.exists(Path.of("/proc/" + pid + "/exe")));
    }
}
