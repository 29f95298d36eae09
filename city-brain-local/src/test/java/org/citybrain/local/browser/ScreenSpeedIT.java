package org.citybrain.local.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.bench.MadeUpReports;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast the command centre's screen is with the whole city and 20,000 open incidents, made up. {@code ./city-brain bench screen} starts the system and
 * runs it; the figures are printed and judged by whoever reads them.
 */
@Tag("screen")
@NativeOnly("opens pages in this machine's own browser")
class ScreenSpeedIT {

    private static final int OPEN = 20_000;
    private static final int AT_ONCE = 1_000;
    private static final int TIMES = 5;

    /** Natural disasters, of which so many people make level II, which stands at the top of the list. */
    private static final List<String> KINDS = List.of(
            "flood.waterlogging", "flood.river-level", "geohazard.landslide", "fire.forest", "weather.windstorm");

    private static final long MANY_PEOPLE = 640;

    private static final String SEEN =
            "incident => document.querySelector(`[data-test=incident-row][data-id='${incident}']`) ? Date.now() : null";

    /** From the beginning of the navigation until there are rows, and marks on a map that is drawn. */
    private static final String USEFUL = """
            () => new Promise((done) => {
              const look = () => {
                const map = document.querySelector('city-map')?.map;
                const row = document.querySelector('[data-test=incident-row]');
                if (!map || !row) return setTimeout(look, 5);
                map.once('rendercomplete', () => done(performance.now()));
                map.render();
              };
              look();
            })
            """;

    private static final String COUNT_FRAMES = """
            () => {
              window.frames = [];
              window.counting = true;
              let last = performance.now();
              const next = (at) => {
                window.frames.push(at - last);
                last = at;
                if (window.counting) requestAnimationFrame(next);
              };
              requestAnimationFrame(next);
            }
            """;

    private final LocalPorts ports = new LocalPorts(Integer.getInteger("city-brain.screen.port-base"));
    private final Path folder = Path.of(System.getProperty("city-brain.screen.folder"));

    @Test
    void with_20000_open_incidents() throws Exception {
        try (var city = new CityClient(ports, folder)) {
            open(city);
            List<String> told = new ArrayList<>();
            Browsers browsers = new Browsers(ports, folder);
            try {
                OpenedPage screen = browsers.openWall("city-operator", "zh-CN");
                Page page = screen.page();
                told.add(line("first useful screen, of a browser that knows the page", firstScreens(screen), 2_500));
                told.add(line("a frame while panning", frames(page, () -> pan(page)), 100));
                told.add(line("a frame while zooming", frames(page, () -> zoom(page)), 100));
                told.add(line("from a report's 202 to its incident on the screen", newIncidents(city, page), 1_000));
                told.add(String.format(
                        Locale.ROOT, "%-56s %,9d", "bytes over the line until then", screen.transferredBytes()));
                screen.keepPicture("command-centre");
            } finally {
                browsers.close();
                Files.write(Path.of("target", "proof-screen.txt"), told);
                told.forEach(System.out::println);
            }
        }
    }

    private static void open(CityClient city) throws IOException, InterruptedException {
        MadeUpReports madeUp = new MadeUpReports("demo-gateway", city.listGrids(), OPEN + AT_ONCE);
        for (String body : madeUp.next(OPEN + AT_ONCE, 1)) {
            assertThat(city.postBatchOfGateway(body.lines().toList())
                            .get("rejected")
                            .size())
                    .isZero();
        }
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> city.read("/v1/map/incidents").body().get("rows").size() >= OPEN);
    }

    private static List<Double> firstScreens(OpenedPage screen) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            screen.open("/");
            millis.add(((Number) screen.page().evaluate(USEFUL)).doubleValue());
        }
        return millis;
    }

    private static List<Double> frames(Page page, Runnable moves) {
        page.evaluate(COUNT_FRAMES);
        moves.run();
        List<?> frames = (List<?>) page.evaluate("() => { window.counting = false; return window.frames.slice(1); }");
        return frames.stream().map(frame -> ((Number) frame).doubleValue()).toList();
    }

    private static void pan(Page page) {
        for (int i = 0; i < TIMES; i++) {
            double direction = i % 2 == 0 ? 1 : -1;
            page.mouse().move(700, 600);
            page.mouse().down();
            for (int step = 1; step <= 40; step++) {
                page.mouse().move(700 + direction * step * 8, 600 + direction * step * 4);
                page.waitForTimeout(16);
            }
            page.mouse().up();
        }
    }

    private static void zoom(Page page) {
        page.mouse().move(620, 640);
        for (int i = 0; i < 2 * TIMES; i++) {
            page.mouse().wheel(0, i < TIMES ? -240 : 240);
            page.waitForTimeout(500);
        }
    }

    /** Both clocks are this machine's. */
    private static List<Double> newIncidents(CityClient city, Page page) throws Exception {
        page.mouse().move(620, 640);
        Place place = ownGrid(city);
        List<Double> millis = new ArrayList<>();
        for (String kind : KINDS) {
            UUID id = UUID.randomUUID();
            CityClient.Answer answer = city.post(report(id, kind, place));
            long at = System.currentTimeMillis();
            assertThat(answer.status()).isEqualTo(202);
            String incident = await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> city.read("/v1/reports/" + id).body(), body -> body.hasNonNull("incidentId"))
                    .get("incidentId")
                    .asString();
            millis.add(seenAt(page, incident) - at);
        }
        return millis;
    }

    /** At the latest: it is looked for as soon as its id is known. Asked again and again, for the page's policy lets nothing be evaluated that waits in it. */
    private static double seenAt(Page page, String incident) {
        for (int i = 0; i < 3_000; i++) {
            if (page.evaluate(SEEN, incident) instanceof Number moment) {
                return moment.doubleValue();
            }
            page.waitForTimeout(10);
        }
        throw new AssertionError("the incident " + incident + " does not come to the screen");
    }

    private static Place ownGrid(CityClient city) throws IOException, InterruptedException {
        return city.listGrids().stream()
                .filter(grid -> grid.gridCode().equals("500103001003006"))
                .findFirst()
                .orElseThrow();
    }

    private static String report(UUID id, String type, Place place) {
        return MessageJson.MAPPER.writeValueAsString(new Report(
                id,
                new Report.Source(SourceKind.GRID_WORKER, "grid-worker", null),
                type,
                Instant.now().minusSeconds(5),
                new Report.Location(place.longitude(), place.latitude(), Datum.WGS84),
                null,
                MANY_PEOPLE,
                null,
                null,
                "made up",
                null,
                null));
    }

    private static String line(String what, List<Double> millis, int goal) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%-56s median %,7.0f ms, 95 %% %,7.0f ms, longest %,7.0f ms, of %d (goal: %,d ms)",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get((int) (sorted.size() * 0.95)),
                sorted.getLast(),
                sorted.size(),
                goal);
    }
}
