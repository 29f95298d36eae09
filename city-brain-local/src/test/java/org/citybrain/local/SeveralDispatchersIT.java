package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;
import org.citybrain.infrastructure.Ports;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.CoarseCell;
import org.citybrain.messages.Position;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Several dispatch processes on one broker. Every spot lies on the border of two cells, so its reports come to different instances at
 * the same time, and still make one incident.
 */
class SeveralDispatchersIT {

    private static final double METERS_PER_DEGREE = 111_320;

    private static final String GROUP = "dispatch-service";

    private static final int RUNS = 100;
    private static final int HALF = 2_500;
    /** More than twice the half hour that reports of one type belong together. */
    private static final Duration BETWEEN_RUNS = Duration.ofMinutes(65);

    @TempDir
    Path folder;

    @Test
    void two_instances_make_one_incident_of_each_spot_and_count_each_report_once() throws Exception {
        prove(600, 2, false);
    }

    @Test
    @Tag("chaos")
    void so_they_do_when_one_of_them_is_killed_meanwhile() throws Exception {
        prove(5000, 2, true);
    }

    @Test
    @Tag("chaos")
    void four_instances_share_the_work_so_and_one_of_them_is_killed_meanwhile() throws Exception {
        prove(5000, 4, true);
    }

    @Test
    @Tag("correlation")
    void two_halves_of_5000_reports_of_one_matter_make_one_incident_in_100_runs_of_100() throws Exception {
        System.setProperty("city-brain.intake.account-reports-per-second", "100000");
        try (var city = new SharedCity(folder);
                CityClient client = city.client()) {
            city.startDispatcher(Ports.findFree());
            city.startDispatcher(Ports.findFree());
            awaitAllAtWork(city.kafkaBootstrapServers(), 2);
            List<Place> spots = spotsBetweenInstances(client.listGrids(), city.kafkaBootstrapServers());
            assertThat(spots).as("spots whose two halves come to two instances").isNotEmpty();
            var stored = new StoredReports(city.database().administratorDataSource());

            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            for (int run = 0; run < RUNS; run++) {
                Place spot = spots.get(run % spots.size());
                Instant occurredAt = now.minus(BETWEEN_RUNS.multipliedBy(run)).minusSeconds(5);
                try (ExecutorService halves = Executors.newFixedThreadPool(2)) {
                    for (Future<?> half : List.of(
                            halves.submit(() -> post(client, shifted(spot, 2e-5), occurredAt)),
                            halves.submit(() -> post(client, shifted(spot, -2e-5), occurredAt)))) {
                        half.get();
                    }
                }
                String matter = " where occurred_at = '" + occurredAt + "'";
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> stored.number("select count(*) from dispatch.report" + matter) == 2L * HALF);
                assertThat(stored.number("select count(distinct incident_id) from dispatch.report" + matter))
                        .as("incidents of run %d", run)
                        .isEqualTo(1);
            }

            assertThat(stored.number("select count(*) from dispatch.incident")).isEqualTo(RUNS);
            stored.countOnceInTheirIncidents();
            Files.writeString(
                    Path.of("target", "proof-correlation.txt"),
                    "Two processes, %d times %,d reports of one matter, half of them to each: %d incidents.%n"
                            .formatted(RUNS, 2 * HALF, stored.number("select count(*) from dispatch.incident")));
        }
    }

    private static Void post(CityClient client, Place place, Instant occurredAt) throws Exception {
        for (int from = 0; from < HALF; from += 500) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                ObjectNode report = ReportLines.byWorker(UUID.randomUUID(), "flood.waterlogging", place, 5L);
                lines.add(report.put("occurredAt", occurredAt.toString()).toString());
            }
            assertThat(client.postBatch(lines).get("accepted").asInt()).isEqualTo(lines.size());
        }
        return null;
    }

    private void prove(int reports, int instances, boolean killOne) throws Exception {
        try (var city = new SharedCity(folder);
                CityClient client = city.client()) {
            ServiceProcess last = city.startDispatcher(Ports.findFree());
            for (int others = 1; others < instances; others++) {
                last = city.startDispatcher(Ports.findFree());
            }
            awaitAllAtWork(city.kafkaBootstrapServers(), instances);
            List<Place> spots = spotsOnBorders(client.listGrids());
            assertThat(spots)
                    .hasSizeGreaterThan(3)
                    .allSatisfy(spot -> assertThat(cell(shifted(spot, 2e-5))).isNotEqualTo(cell(shifted(spot, -2e-5))));

            Set<UUID> accepted = new HashSet<>();
            var random = new Random(5);
            while (accepted.size() < reports) {
                List<UUID> ids = new ArrayList<>();
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    var id = new UUID(random.nextLong(), random.nextLong());
                    Place place = near(spots.get(random.nextInt(spots.size())), random);
                    ids.add(id);
                    lines.add(ReportLines.byWorker(id, "flood.waterlogging", place, 5L)
                            .toString());
                }
                assertThat(client.postBatch(lines).get("accepted").asInt()).isEqualTo(ids.size());
                accepted.addAll(ids);
                if (killOne && accepted.size() == reports / 2) {
                    last.kill();
                    city.startDispatcher(Ports.findFree());
                }
            }

            SettledLedger.await(client);
            var stored = new StoredReports(city.database().administratorDataSource());
            stored.areExactly(accepted, Set.of());
            stored.countOnceInTheirIncidents();
            assertThat(stored.number("select count(*) from dispatch.incident")).isEqualTo(spots.size());
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            PublishedTimeline.read(city.kafkaBootstrapServers()).lines() == stored.timelineLines());
        }
    }

    /** Each has partitions of the topic: else this would prove nothing. */
    private static void awaitAllAtWork(String bootstrapServers, int instances) {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> Set.copyOf(dispatchersByPartition(bootstrapServers).values())
                                .size()
                        == instances);
    }

    /** Those of them of which one half comes to one instance and the other half to the other. */
    private static List<Place> spotsBetweenInstances(List<Place> grids, String bootstrapServers) throws Exception {
        Map<Integer, String> instances = dispatchersByPartition(bootstrapServers);
        // Of all meridians between cells, not only the nearest: most pairs of cells come to one instance.
        return grids.stream()
                .filter(grid -> metersToBorder(grid) < 150)
                .map(grid -> new Place(grid.gridCode(), Math.round(grid.longitude() * 20) / 20.0, grid.latitude()))
                .filter(spot -> !String.valueOf(instances.get(partition(shifted(spot, 2e-5), instances.size())))
                        .equals(instances.get(partition(shifted(spot, -2e-5), instances.size()))))
                .toList();
    }

    /** Which of the dispatchers reads which partition; empty while they share them out. Each has two consumers. */
    private static Map<Integer, String> dispatchersByPartition(String bootstrapServers) throws Exception {
        Map<Integer, String> dispatchers = new HashMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.describeConsumerGroups(List.of(GROUP))
                    .describedGroups()
                    .get(GROUP)
                    .get()
                    .members()
                    .forEach(member -> member.assignment()
                            .topicPartitions()
                            .forEach(partition -> dispatchers.put(
                                    partition.partition(), member.clientId().replaceFirst("-\\d+$", ""))));
        }
        return dispatchers;
    }

    /** As Kafka's producer chooses it by the record's key. */
    private static int partition(Place place, int partitions) {
        return Utils.toPositive(Utils.murmur2(cell(place).getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /**
     * Places on the meridian between two coarse cells, kilometres apart from each other, each in a grid of the city: the
     * grids nearest to it, moved onto it.
     */
    private static List<Place> spotsOnBorders(List<Place> grids) {
        List<Place> spots = new ArrayList<>();
        List<Place> nearest = grids.stream()
                .sorted(Comparator.comparingDouble(SeveralDispatchersIT::metersToBorder))
                .limit(grids.size() / 10)
                .toList();
        for (Place grid : nearest) {
            var spot = new Place(grid.gridCode(), Math.round(grid.longitude() * 20) / 20.0, grid.latitude());
            if (metersToBorder(grid) < 100
                    && spots.stream()
                            .allMatch(other -> Math.abs(other.latitude() - spot.latitude()) * METERS_PER_DEGREE > 1500
                                    || Math.abs(other.longitude() - spot.longitude()) > 0.02)) {
                spots.add(spot);
            }
        }
        return spots;
    }

    private static double metersToBorder(Place grid) {
        double cells = grid.longitude() * 20;
        return Math.abs(cells - Math.round(cells)) / 20 * METERS_PER_DEGREE * Math.cos(Math.toRadians(grid.latitude()));
    }

    /** Two metres to the west or to the east of the border: in one cell or in the other. */
    private static Place near(Place spot, Random random) {
        return shifted(spot, random.nextBoolean() ? 2e-5 : -2e-5);
    }

    private static Place shifted(Place spot, double degreesEast) {
        return new Place(spot.gridCode(), spot.longitude() + degreesEast, spot.latitude());
    }

    private static String cell(Place place) {
        return CoarseCell.of(new Position(place.longitude(), place.latitude()));
    }
}
