package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citybrain.infrastructure.Ports;
import org.citybrain.local.simulate.CityClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL stopped as by a crash ({@code pg_ctl stop -m immediate}) under load, and started again. */
class DatabaseCrashIT {

    @TempDir
    Path folder;

    @Test
    void nothing_is_lost_when_the_database_crashes_under_load() throws Exception {
        prove(1, 1000);
    }

    @Test
    @Tag("chaos")
    void nothing_is_lost_when_the_database_crashes_again_and_again() throws Exception {
        prove(5, 5000);
    }

    private void prove(int crashes, int reports) throws Exception {
        try (var city = new SharedCity(folder);
                CityClient client = city.client();
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            city.startDispatcher(Ports.findFree());
            var posted = new PostedReports(client, client.listGrids(), 21);
            Future<?> posting = background.submit(() -> {
                posted.post(reports);
                return null;
            });
            for (int crash = 1; crash <= crashes; crash++) {
                int moment = reports * crash / (crashes + 1);
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> posting.isDone() || posted.accepted().size() >= moment);
                city.postgis().stopImmediately();
                city.postgis().start();
            }
            posting.get(5, TimeUnit.MINUTES);

            SettledLedger.await(client);
            var stored = new StoredReports(city.database().administratorDataSource());
            stored.areExactly(posted.accepted(), posted.givenUp());
            stored.countOnceInTheirIncidents();
            assertThat(stored.number("select count(*) from dispatch.incident")).isPositive();
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            PublishedTimeline.read(city.kafkaBootstrapServers()).lines() == stored.timelineLines());
        }
    }
}
