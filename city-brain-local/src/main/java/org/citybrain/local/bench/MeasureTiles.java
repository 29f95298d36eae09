package org.citybrain.local.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.citybrain.grid.tile.DrawTile;
import org.citybrain.grid.tile.TileAddress;
import org.citybrain.grid.tile.Tileset;
import org.citybrain.messages.Tier;
import org.locationtech.jts.geom.Coordinate;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How large are tiles, and how long does grid-service take to draw them? Of each tileset and zoom those tiles are drawn that hold the
 * most grids, and as many others by lot, one after the other; what HTTP adds is not in it.
 *
 * <p>Each tile is drawn twice, and the quicker time counts: what else the machine does falls on one of them.
 */
final class MeasureTiles implements MapBench.Measurement {

    private static final int BUSIEST = 40;
    private static final int BY_LOT = 40;
    private static final int LARGEST_ZOOM = 17;
    private static final int TO_WARM_UP = 300;
    private static final int DRAWN = 2;

    private static final double AIM_MILLIS = 150;
    private static final double AIM_KILOBYTES = 300;

    private static final String LEVELS_LEFT = "select count(*) from grid.tile_level where not done";
    private static final String LEVELS_DONE = "select count(*) from grid.tile_level where done";

    @Override
    public void measure(BenchCity city, Findings findings) {
        List<Coordinate> grids = new ArrayList<>();
        city.forEachUnit(
                Tier.GRID,
                (code, population, boundary) ->
                        grids.add(boundary.getInteriorPoint().getCoordinate()));
        try (ConfigurableApplicationContext service = city.start()) {
            double seconds = waitForLevels(city);
            System.out.printf(Locale.ROOT, "%nTiers simplified for tiles after %.1f s%n", seconds);
            findings.figure("tilesPreparedSeconds", seconds);
            DrawTile tiles = service.getBean(DrawTile.class);
            List<Line> lines = new ArrayList<>();
            for (Tileset tileset : Tileset.values()) {
                warmUp(tiles, tileset, grids);
                for (int zoom = tileset.smallestZoom(); zoom <= LARGEST_ZOOM; zoom++) {
                    lines.add(measure(tiles, tileset, choose(grids, zoom), zoom));
                }
            }
            print(lines);
            findings.figure("slowestTileMillis", largest(lines, Line::slowestMillis));
            findings.figure("largestTileKilobytes", largest(lines, Line::largestKilobytes));
        }
    }

    /** Until all is simplified that the tiles are drawn from. */
    private static double waitForLevels(BenchCity city) {
        long before = System.nanoTime();
        try (Connection connection = city.connect();
                Statement statement = connection.createStatement()) {
            while (count(statement, LEVELS_DONE) == 0 || count(statement, LEVELS_LEFT) > 0) {
                Thread.sleep(200);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the levels of the tiles cannot be counted", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopping);
        }
        return (System.nanoTime() - before) / 1e9;
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void warmUp(DrawTile drawing, Tileset tileset, List<Coordinate> grids) {
        List<TileAddress> tiles = choose(grids, tileset.smallestZoom());
        for (int i = 0; i < TO_WARM_UP && !tiles.isEmpty(); i++) {
            draw(drawing, tileset, tiles.get(i % tiles.size()));
        }
    }

    private static Line measure(DrawTile drawing, Tileset tileset, List<TileAddress> tiles, int zoom) {
        double[] millis = new double[tiles.size()];
        double largest = 0;
        int filled = 0;
        for (int i = 0; i < millis.length; i++) {
            millis[i] = Double.MAX_VALUE;
            int bytes = 0;
            for (int time = 0; time < DRAWN; time++) {
                long start = System.nanoTime();
                bytes = draw(drawing, tileset, tiles.get(i)).length;
                millis[i] = Math.min(millis[i], (System.nanoTime() - start) / 1e6);
            }
            largest = Math.max(largest, bytes / 1000.0);
            filled += bytes > 0 ? 1 : 0;
        }
        double slowest = 0;
        for (double took : millis) {
            slowest = Math.max(slowest, took);
        }
        return new Line(
                tileset.id(),
                zoom,
                millis.length,
                filled,
                rounded(largest),
                rounded(Rounds.median(millis)),
                rounded(slowest));
    }

    private static byte[] draw(DrawTile drawing, Tileset tileset, TileAddress tile) {
        return drawing.draw(drawing.source(tileset, tile, null, null));
    }

    private static List<TileAddress> choose(List<Coordinate> grids, int zoom) {
        Map<TileAddress, Integer> counts = new HashMap<>();
        grids.forEach(grid -> counts.merge(tileOf(grid, zoom), 1, Integer::sum));
        List<TileAddress> tiles = new ArrayList<>(counts.keySet());
        tiles.sort(Comparator.<TileAddress>comparingInt(counts::get)
                .reversed()
                .thenComparingInt(TileAddress::x)
                .thenComparingInt(TileAddress::y));
        int busiest = Math.min(BUSIEST, tiles.size());
        List<TileAddress> others = new ArrayList<>(tiles.subList(busiest, tiles.size()));
        Collections.shuffle(others, new Random(zoom));
        List<TileAddress> chosen = new ArrayList<>(tiles.subList(0, busiest));
        chosen.addAll(others.subList(0, Math.min(BY_LOT, others.size())));
        return chosen;
    }

    private static TileAddress tileOf(Coordinate place, int zoom) {
        double side = 1 << zoom;
        double latitude = Math.toRadians(place.y);
        return new TileAddress(zoom, (int) ((place.x + 180) / 360 * side), (int)
                ((1 - Math.log(Math.tan(latitude) + 1 / Math.cos(latitude)) / Math.PI) / 2 * side));
    }

    private static void print(List<Line> lines) {
        System.out.printf(
                "%n%-22s %4s %6s %10s %10s %10s%n", "tiles of", "zoom", "drawn", "largest", "median", "slowest");
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
        System.out.printf(
                Locale.ROOT,
                "aim: any tile under %.0f ms and %.0f kB; %d of %d lines are over it%n",
                AIM_MILLIS,
                AIM_KILOBYTES,
                lines.stream().filter(line -> !line.holds()).count(),
                lines.size());
    }

    private static double largest(List<Line> lines, ToDoubleFunction<Line> of) {
        return lines.stream().mapToDouble(of).max().orElse(0);
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** @param filled of the tiles, those in which something is drawn */
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
}
