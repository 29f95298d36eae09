package org.citybrain.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;

/**
 * How large are tiles, and how long do they take? Of each tileset and zoom those tiles are asked for that hold the most grids, and as
 * many others by lot, one after the other. The map that is measured is the one that runs: the full city says most.
 *
 * <p>Each tile is asked for twice, and the quicker answer counts: what else the machine does falls on one of them.
 */
public final class Tiles {

    private static final int BUSIEST = 40;
    private static final int BY_LOT = 40;
    private static final int LARGEST_ZOOM = 17;
    private static final int TO_WARM_UP = 300;

    private static final double AIM_MILLIS = 150;
    private static final double AIM_KILOBYTES = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI service;
    private final Callable<String> token;
    private final List<Place> grids;
    private String bearer = "";

    Tiles(URI service, Callable<String> token, List<Place> grids) {
        this.service = service;
        this.token = token;
        this.grids = List.copyOf(grids);
    }

    /** {@code FOLDER PORT_BASE} of a system that is up. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var ports = new LocalPorts(Integer.parseInt(arguments[1]));
        List<Place> grids;
        try (var city = new CityClient(ports, folder)) {
            grids = city.listGrids();
        }
        print(new Tiles(
                        URI.create(LocalPorts.url(ports.grid())),
                        () -> FetchToken.fetch(folder, ports, "analyst"),
                        grids)
                .measure());
    }

    /** A line for each tileset and zoom. */
    List<Line> measure() throws Exception {
        List<Line> lines = new ArrayList<>();
        bearer = token.call();
        for (JsonNode tileset :
                MessageJson.MAPPER.readTree(get("/v1/tiles").body()).get("items")) {
            String id = tileset.get("id").asString();
            int smallest = tileset.get("smallestZoom").asInt();
            // Good for longer than a tileset takes.
            bearer = token.call();
            warmUp(id, smallest);
            for (int zoom = smallest; zoom <= LARGEST_ZOOM; zoom++) {
                lines.add(measure(id, zoom));
            }
        }
        return lines;
    }

    private void warmUp(String tileset, int zoom) throws Exception {
        List<Tile> tiles = choose(zoom);
        for (int i = 0; i < TO_WARM_UP && !tiles.isEmpty(); i++) {
            get(path(tileset, tiles.get(i % tiles.size())));
        }
    }

    private Line measure(String tileset, int zoom) throws Exception {
        var latencies = new Latencies();
        double largest = 0;
        int filled = 0;
        List<Tile> tiles = choose(zoom);
        for (Tile tile : tiles) {
            long best = Long.MAX_VALUE;
            HttpResponse<byte[]> answer = get(path(tileset, tile));
            for (int i = 0; i < 2; i++) {
                long start = System.nanoTime();
                answer = get(path(tileset, tile));
                best = Math.min(best, System.nanoTime() - start);
            }
            latencies.add(best, answer.statusCode());
            largest = Math.max(largest, answer.body().length / 1000.0);
            filled += answer.body().length > 0 ? 1 : 0;
        }
        return new Line(
                tileset,
                zoom,
                tiles.size(),
                filled,
                rounded(largest),
                rounded(latencies.millis(0.5)),
                rounded(latencies.millis(1)));
    }

    private List<Tile> choose(int zoom) {
        Map<Tile, Integer> counts = new HashMap<>();
        grids.forEach(grid -> counts.merge(Tile.at(grid, zoom), 1, Integer::sum));
        List<Tile> tiles = new ArrayList<>(counts.keySet());
        tiles.sort(Comparator.<Tile>comparingInt(counts::get)
                .reversed()
                .thenComparingInt(Tile::x)
                .thenComparingInt(Tile::y));
        List<Tile> others = new ArrayList<>(tiles.subList(Math.min(BUSIEST, tiles.size()), tiles.size()));
        Collections.shuffle(others, new Random(zoom));
        List<Tile> chosen = new ArrayList<>(tiles.subList(0, Math.min(BUSIEST, tiles.size())));
        chosen.addAll(others.subList(0, Math.min(BY_LOT, others.size())));
        return chosen;
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Authorization", "Bearer " + bearer)
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() == 429) {
            Thread.sleep(200);
            return get(path);
        }
        if (answer.statusCode() != 200 && answer.statusCode() != 204) {
            throw new IOException(path + " was answered " + answer.statusCode());
        }
        return answer;
    }

    private static String path(String tileset, Tile tile) {
        return "/v1/tiles/%s/%d/%d/%d.mvt".formatted(tileset, tile.z(), tile.x(), tile.y());
    }

    static void print(List<Line> lines) {
        System.out.printf(
                "%-22s %4s %6s %10s %10s %10s%n", "tiles of", "zoom", "asked", "largest", "median", "slowest");
        for (Line line : lines) {
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %4d %6d %7.1f kB %7.1f ms %7.1f ms%s%n",
                    line.tileset(),
                    line.zoom(),
                    line.tiles(),
                    line.largestKilobytes(),
                    line.medianMillis(),
                    line.slowestMillis(),
                    line.holds() ? "" : "  over the aim");
        }
        long over = lines.stream().filter(line -> !line.holds()).count();
        System.out.printf(
                Locale.ROOT,
                "%naim: any tile under %.0f ms and %.0f kB; %d of %d lines are over it%n",
                AIM_MILLIS,
                AIM_KILOBYTES,
                over,
                lines.size());
        System.out.println(MessageJson.MAPPER.writeValueAsString(new Result("tiles", lines)));
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private record Result(String bench, List<Line> lines) {}

    record Line(
            String tileset,
            int zoom,
            int tiles,
            int filled,
            double largestKilobytes,
            double medianMillis,
            double slowestMillis) {

        boolean holds() {
            return largestKilobytes < AIM_KILOBYTES && slowestMillis < AIM_MILLIS;
        }
    }

    private record Tile(int z, int x, int y) {

        static Tile at(Place place, int zoom) {
            double side = 1 << zoom;
            double latitude = Math.toRadians(place.latitude());
            return new Tile(zoom, (int) ((place.longitude() + 180) / 360 * side), (int)
                    ((1 - Math.log(Math.tan(latitude) + 1 / Math.cos(latitude)) / Math.PI) / 2 * side));
        }
    }
}
