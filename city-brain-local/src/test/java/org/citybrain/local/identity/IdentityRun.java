package org.citybrain.local.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.citybrain.access.secret.SecretFile;
import org.citybrain.infrastructure.Ports;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The identity server by itself, on a database and a folder that outlive it. Asked over HTTP, like any other. */
final class IdentityRun implements AutoCloseable {

    static final String DASHBOARD_SECRET = "the dashboard's own";
    private static final String DASHBOARD = "http://127.0.0.1:9";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path secrets;
    private final int port;
    private final ConfigurableApplicationContext context;

    IdentityRun(Database database, Path folder) {
        this(database, folder, Ports.findFree());
    }

    IdentityRun(Database database, Path folder, int port) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        this.secrets = folder.resolve("secrets");
        this.port = port;
        this.context = new SpringApplicationBuilder(IdentityApplication.class)
                .properties("spring.config.name=identity-server")
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(
                        "--server.port=" + port,
                        "--CITY_BRAIN_ISSUER=" + issuer(),
                        "--CITY_BRAIN_API_URL=" + DASHBOARD,
                        "--CITY_BRAIN_DASHBOARD_SECRET=" + DASHBOARD_SECRET,
                        "--CITY_BRAIN_DATABASE_URL=" + database.jdbcUrl(),
                        "--CITY_BRAIN_IDENTITY_PASSWORD=" + database.password(ServiceLogin.IDENTITY),
                        "--city-brain.identity.secrets=" + secrets);
    }

    record Answer(int status, String text, Map<String, String> headers) {

        JsonNode body() {
            return JSON.readTree(text);
        }
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    String password(String name) throws IOException {
        return new PeopleFile(new SecretFile(secrets.resolve(PeopleFile.NAME)))
                .find(name)
                .orElseThrow();
    }

    /** The command line's sign-in, with the password from the file. */
    String token(String name) throws Exception {
        return signIn(name, password(name)).get("access_token").asString();
    }

    JsonNode signIn(String name, String password) throws Exception {
        return commandLine().signIn(name, password);
    }

    SignInByCode commandLine() {
        return new SignInByCode(issuer(), "city-brain-command-line", "http://127.0.0.1/token");
    }

    /** The dashboard's sign-in: it has a secret, and gets a refresh token. */
    Answer signInAtDashboard(String name) throws Exception {
        try (HttpClient browser = SignInByCode.newBrowser()) {
            var code = new SignInByCode(issuer(), "city-brain-dashboard", DASHBOARD + "/login/oauth2/code/city-brain")
                    .askForCode(browser, name, password(name));
            return redeem(
                    DASHBOARD_SECRET,
                    "grant_type=authorization_code&redirect_uri=" + DASHBOARD + "/login/oauth2/code/city-brain&code="
                            + code.value() + "&code_verifier=" + code.verifier());
        }
    }

    Answer refresh(String refreshToken) throws Exception {
        return redeem(DASHBOARD_SECRET, "grant_type=refresh_token&refresh_token=" + refreshToken);
    }

    Answer redeem(String secret, String form) throws Exception {
        String client =
                Base64.getEncoder().encodeToString(("city-brain-dashboard:" + secret.replace(" ", "+")).getBytes());
        return send(HttpRequest.newBuilder(issuer().resolve("/oauth2/token"))
                .header("Authorization", "Basic " + client)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** Checks the signature by the keys that are published now, and the times. */
    Jwt verify(String token) {
        return NimbusJwtDecoder.withJwkSetUri(issuer() + "/oauth2/jwks").build().decode(token);
    }

    Answer get(String path, String token) throws Exception {
        return send(HttpRequest.newBuilder(issuer().resolve(path)).header("Authorization", "Bearer " + token));
    }

    Answer get(String path) throws Exception {
        return send(HttpRequest.newBuilder(issuer().resolve(path)));
    }

    Answer put(String path, String token, String body) throws Exception {
        return send(HttpRequest.newBuilder(issuer().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    Answer post(String path, String token) throws Exception {
        return send(HttpRequest.newBuilder(issuer().resolve(path))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(),
                answer.body(),
                answer.headers().map().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> String.join(", ", header.getValue()))));
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
