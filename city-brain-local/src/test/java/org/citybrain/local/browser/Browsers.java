package org.citybrain.local.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.simulate.Place;

/** The Chromium of this machine (Debian's package), and people who sit before it. Used by the thread that made it. */
final class Browsers implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** In a container there is no sandbox; the others keep Chromium from talking to its maker. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** On a machine that is busy with other things. */
    private static final double PATIENCE_MILLIS = 30_000;

    private final Playwright playwright;
    private final Browser browser;
    private final LocalPorts ports;
    private final Path folder;
    private final List<OpenedPage> opened = new ArrayList<>();

    /** @param folder of the run, where the demo people's passwords lie */
    Browsers(LocalPorts ports, Path folder) {
        this.ports = ports;
        this.folder = folder;
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(ARGUMENTS));
    }

    /** A person at the command centre's screen: 1440 × 900, dark, far from the city's time zone. */
    OpenedPage openScreen(String account, String language) throws IOException {
        return open(account, "/", screen(language).setViewportSize(1440, 900));
    }

    /** The same on the wall. */
    OpenedPage openWall(String account, String language) throws IOException {
        return open(account, "/", screen(language).setViewportSize(1920, 1080));
    }

    /** A grid worker with a phone, which says where it is when it is asked. */
    OpenedPage openPhone(String account, String language, Place at) throws IOException {
        return open(
                account,
                "/worker",
                screen(language)
                        .setViewportSize(390, 844)
                        .setDeviceScaleFactor(2)
                        .setIsMobile(true)
                        .setHasTouch(true)
                        .setPermissions(List.of("geolocation"))
                        .setGeolocation(at.latitude(), at.longitude()));
    }

    private OpenedPage open(String account, String path, Browser.NewContextOptions options) throws IOException {
        BrowserContext context = browser.newContext(options);
        var page = new OpenedPage(
                context, URI.create(LocalPorts.url(ports.api())), URI.create(LocalPorts.url(ports.identity())));
        opened.add(page);
        page.open(path);
        page.signIn(account, passwordOf(account), path);
        return page;
    }

    private static Browser.NewContextOptions screen(String language) {
        return new Browser.NewContextOptions()
                .setLocale(language)
                .setTimezoneId("America/New_York")
                .setColorScheme(ColorScheme.DARK);
    }

    private String passwordOf(String account) throws IOException {
        return Files.readAllLines(folder.resolve("secrets/people")).stream()
                .filter(line -> line.startsWith(account + " "))
                .map(line -> line.substring(account.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Closes all pages and tells of the first thing that was wrong with any of them. */
    @Override
    public void close() {
        try {
            opened.forEach(OpenedPage::close);
            opened.forEach(OpenedPage::assertNothingWrong);
        } finally {
            browser.close();
            playwright.close();
        }
    }
}
