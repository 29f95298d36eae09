package org.citybrain.local.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Somebody's browser, signed in at the dashboard: it holds cookies and never a token. */
public final class DashboardBrowser implements AutoCloseable {

    private final HttpClient http = SignInByCode.newBrowser();
    private final URI dashboard;

    private DashboardBrowser(URI dashboard) {
        this.dashboard = dashboard;
    }

    /** From the dashboard to the issuer's page and back. */
    public static DashboardBrowser signIn(URI issuer, URI dashboard, String name, String password) throws Exception {
        var browser = new DashboardBrowser(dashboard);
        URI back = new SignInByCode(
                        issuer,
                        "city-brain-dashboard",
                        dashboard.resolve("/login/oauth2/code/city-brain").toString())
                .passTheForm(browser.http, dashboard.resolve("/oauth2/authorization/city-brain"), name, password);
        browser.send(back);
        return browser;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(dashboard.resolve(path));
    }

    private HttpResponse<String> send(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
    }
}
