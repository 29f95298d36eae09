package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of everything while reports are posted, {@code up} again, and the client's own list is the judge. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class KilledSystemIT {

    @TempDir
    Path folder;

    @Test
    void what_was_promised_is_there_once_after_a_kill() throws Exception {
        prove(1, 1500, 11);
    }

    @Test
    @Tag("chaos")
    void what_was_promised_is_there_once_after_ten_kills() throws Exception {
        prove(10, 5000, 12);
    }

    private void prove(int kills, int reports, long seed) throws Exception {
        LocalPorts ports = FreePorts.find();
        CityProcess city = CityProcess.start(folder, ports);
        try (var client = new CityClient(ports, folder);
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            var posted = new PostedReports(client, client.listGrids(), seed);
            Future<?> posting = background.submit(() -> {
                posted.post(reports);
                return null;
            });
            for (int moment : moments(kills, reports, seed)) {
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> {
                            assertThat(posting.isDone() && posted.accepted().size() < moment)
                                    .isFalse();
                            return posted.accepted().size() >= moment;
                        });
                city.kill();
                city = CityProcess.start(folder, ports);
            }
            posting.get(5, TimeUnit.MINUTES);

            SettledLedger.await(client);
            var stored = new StoredReports(city.administratorDataSource());
            stored.areExactly(posted.accepted(), posted.givenUp());
            stored.countOnceInTheirIncidents();
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            PublishedTimeline.read("127.0.0.1:" + ports.kafka()).lines() == stored.timelineLines());
        } finally {
            city.kill();
        }
    }

    /** After how many accepted reports it is killed: seeded, spread over all of them. */
    private static List<Integer> moments(int kills, int reports, long seed) {
        return new Random(seed)
                .ints(kills, 1, reports * 9 / 10)
                .sorted()
                .boxed()
                .toList();
    }
}
