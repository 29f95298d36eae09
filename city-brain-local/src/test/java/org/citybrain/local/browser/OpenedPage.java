package org.citybrain.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One person's page. Whatever goes wrong in it is kept, and is a failure in the end: an error on the console, a script that broke, a breach of
 * the page's policy, an answer that is a refusal unless the test expects it, a request that failed, and any request to another host.
 */
final class OpenedPage {

    private static final int FIRST_REFUSAL = 400;
    /** The browser's own word for an answer that is looked at here already. */
    private static final String SAYS_STATUS = "Failed to load resource: the server responded with a status of";
    /** There was no line. */
    private static final String NO_LINE = "net::ERR_INTERNET_DISCONNECTED";
    /** The page itself gave up: it was left, or the map moved on before its tile came. */
    private static final String GIVEN_UP = "net::ERR_ABORTED";

    /** Keeps what is played, and what is told on the desktop of somebody who works in another window. */
    private static final String LISTEN = """
            window.told = {asked: 0, notices: [], sounds: []};
            document.hasFocus = () => false;
            window.AudioContext = class extends AudioContext {
              createOscillator() {
                const tone = super.createOscillator();
                const start = tone.start.bind(tone);
                tone.start = (at) => { told.sounds.push(this.state); start(at); };
                return tone;
              }
            };
            window.Notification = class {
              static permission = 'default';
              static async requestPermission() { told.asked++; return (this.permission = 'granted'); }
              constructor(title, {body}) { told.notices.push(`${title}: ${body}`); }
            };""";

    private final BrowserContext context;
    private final Page page;
    private final URI home;
    private final URI identityServer;
    private final List<String> faults = new ArrayList<>();
    private final List<Expected> expected = new ArrayList<>();
    private long transferredBytes;
    private boolean isClosed;
    private boolean hasBeenOffline;

    private record Expected(int status, String path) {}

    OpenedPage(BrowserContext context, URI home, URI identityServer) {
        this.context = context;
        this.home = home;
        this.identityServer = identityServer;
        this.page = context.newPage();
        context.addInitScript(
                "addEventListener('securitypolicyviolation', (breach) => console.error('breach of the policy: '"
                        + " + breach.violatedDirective + ' ' + breach.blockedURI));");
        page.onConsoleMessage(this::hear);
        page.onPageError(error -> faults.add("a script broke: " + error));
        context.onRequest(this::look);
        context.onResponse(this::look);
        context.onRequestFailed(this::lookAtFailed);
        CDPSession network = context.newCDPSession(page);
        network.send("Network.enable");
        network.on("Network.loadingFinished", this::count);
        // Before anybody has signed in.
        expect(401, "/v1/me");
    }

    Page page() {
        return page;
    }

    void open(String path) {
        page.navigate(home.resolve(path).toString());
    }

    /** As a person does: by the page's own link and the identity server's form, and back to where they began. */
    void signIn(String account, String password, String path) {
        page.locator("a[href^='/oauth2/authorization/']").first().click();
        page.locator("input[name=username]").fill(account);
        page.locator("input[name=password]").fill(password);
        page.locator("button[type=submit], input[type=submit]").click();
        page.waitForURL(
                url -> isAt(home, URI.create(url)) && URI.create(url).getPath().equals(path));
    }

    /** What bears this {@code data-test}. */
    Locator find(String test) {
        return page.locator("[data-test='" + test + "']");
    }

    /** What bears this {@code data-test} and this attribute. */
    Locator find(String test, String attribute, String value) {
        return page.locator("[data-test='" + test + "'][" + attribute + "='" + value + "']");
    }

    /** Loads the page anew; from now on {@code told} in it keeps what it plays and tells on the desktop. */
    void listen() {
        context.addInitScript(LISTEN);
        page.reload();
    }

    /** The line is cut, or whole again; what cannot be asked meanwhile is no fault. */
    void setOffline(boolean offline) {
        hasBeenOffline |= offline;
        context.setOffline(offline);
    }

    /** A refusal that the test brings about: an answer with this status to a path that begins so. */
    void expect(int status, String path) {
        expected.add(new Expected(status, path));
    }

    /** What came over the line for this page so far, as it came: compressed, with headers. */
    long transferredBytes() {
        return transferredBytes;
    }

    /** Keeps a picture where {@code -Dcity-brain.pictures=FOLDER} asks for them; else nothing. */
    void keepPicture(String name) {
        String folder = System.getProperty("city-brain.pictures", "");
        if (!folder.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }

    void assertNothingWrong() {
        assertThat(faults).isEmpty();
    }

    void close() {
        if (!isClosed) {
            isClosed = true;
            context.close();
        }
    }

    private void hear(ConsoleMessage message) {
        if (message.type().equals("error")
                && !message.text().startsWith(SAYS_STATUS)
                && !(hasBeenOffline && message.text().endsWith(NO_LINE))) {
            faults.add("on the console: " + message.text() + " at " + message.location());
        }
    }

    private void look(Request request) {
        URI to = URI.create(request.url());
        boolean isOwn = switch (String.valueOf(to.getScheme())) {
            case "data", "blob" -> true;
            default -> isAt(home, to) || isAt(identityServer, to);
        };
        if (!isOwn) {
            faults.add("asked another host: " + request.url());
        }
    }

    private void look(Response response) {
        String path = URI.create(response.url()).getPath();
        if (response.status() >= FIRST_REFUSAL
                && expected.stream()
                        .noneMatch(one -> one.status() == response.status() && path.startsWith(one.path()))) {
            faults.add(response.request().method() + " " + response.url() + " was answered " + response.status());
        }
    }

    private void lookAtFailed(Request request) {
        boolean isForWantOfALine = hasBeenOffline && NO_LINE.equals(request.failure());
        if (!isClosed && !isForWantOfALine && !GIVEN_UP.equals(request.failure())) {
            faults.add("failed: " + request.url() + ": " + request.failure());
        }
    }

    private void count(JsonObject finished) {
        transferredBytes += finished.get("encodedDataLength").getAsLong();
    }

    private static boolean isAt(URI server, URI to) {
        return server.getHost().equals(to.getHost()) && server.getPort() == to.getPort();
    }
}
