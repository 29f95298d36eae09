package org.citybrain.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citybrain.infrastructure.Ports;
import org.citybrain.local.secret.RandomPassword;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Keycloak of its own distribution, with the realm of {@code docs/keycloak}, and its administrator. */
public final class Keycloak implements AutoCloseable {

    public static final String REALM = "city-brain";
    private static final Path REALM_FILE = Path.of("..", "docs", "keycloak", "city-brain-realm.json");
    private static final Path UNPACKED = Path.of("target", "keycloak");
    private static final String ADMINISTRATOR = "administrator";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String password = RandomPassword.next();
    private final String dashboardSecret = RandomPassword.next();
    private final int port = Ports.findFree();
    private final Process process;

    private Keycloak(URI dashboard) throws IOException {
        Path home = home();
        // What an earlier run left.
        FileSystemUtils.deleteRecursively(home.resolve("data"));
        Files.createDirectories(home.resolve("data/import"));
        Files.copy(REALM_FILE, home.resolve("data/import").resolve(REALM_FILE.getFileName()));
        var builder = new ProcessBuilder(
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--cache=local")
                .redirectErrorStream(true)
                .redirectOutput(UNPACKED.resolve("log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS_KC_HEAP",
                        "-Xms64m -Xmx512m",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        ADMINISTRATOR,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        password,
                        "CITY_BRAIN_API_URL",
                        dashboard.toString(),
                        "CITY_BRAIN_DASHBOARD_SECRET",
                        dashboardSecret));
        process = builder.start();
    }

    /** Returns when it answers for the realm, in which the dashboard lies at this address. */
    public static Keycloak start(URI dashboard) throws IOException {
        var keycloak = new Keycloak(dashboard);
        try {
            await().atMost(Duration.ofMinutes(5)).until(keycloak::isReady);
        } catch (RuntimeException | Error failure) {
            keycloak.close();
            throw failure;
        }
        return keycloak;
    }

    public String version() throws IOException {
        return home().getFileName().toString();
    }

    public String dashboardSecret() {
        return dashboardSecret;
    }

    public URI issuer(String realm) {
        return URI.create("http://127.0.0.1:" + port + "/realms/" + realm);
    }

    /** A second realm, the same in all but its name. */
    public void addRealmLikeOurs(String name) throws Exception {
        String like = Files.readString(REALM_FILE)
                .replace("\"realm\": \"" + REALM + "\"", "\"realm\": \"" + name + "\"")
                .replaceAll("\\$\\{[A-Z_]+:([^}]*)}", "$1");
        assertThat(asAdministrator("POST", "/admin/realms", like).statusCode()).isEqualTo(201);
    }

    /** An access token, by the code flow of the command line's client. */
    public String token(String realm, String name, String secret) throws Exception {
        return token(realm, "city-brain-command-line", "http://127.0.0.1/token", name, secret);
    }

    /** The token by which an account changes itself at Keycloak's own page. */
    public String tokenOfTheOwnAccount(String name, String secret) throws Exception {
        return token(REALM, "account-console", issuer(REALM) + "/account/", name, secret);
    }

    private String token(String realm, String client, String redirectUri, String name, String secret) throws Exception {
        return new SignInByCode(issuer(realm), client, redirectUri)
                .signIn(name, secret)
                .get("access_token")
                .asString();
    }

    /** Adds an account and returns its password. */
    public String addPerson(String realm, String name, String role, Map<String, String> attributes) throws Exception {
        String secret = RandomPassword.next();
        var person = JSON.createObjectNode().put("username", name).put("enabled", true);
        attributes.forEach((attribute, value) ->
                person.withObject("/attributes").putArray(attribute).add(value));
        person.putArray("credentials").addObject().put("type", "password").put("value", secret);
        var added = asAdministrator("POST", "/admin/realms/" + realm + "/users", person.toString());
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        String user =
                URI.create(added.headers().firstValue("Location").orElseThrow()).getPath();
        String known = asAdministrator("GET", "/admin/realms/" + realm + "/roles/" + role, null)
                .body();
        assertThat(asAdministrator("POST", user + "/role-mappings/realm", "[" + known + "]")
                        .statusCode())
                .isEqualTo(204);
        return secret;
    }

    /** An account as the administrator sees it. */
    public JsonNode person(String name) throws Exception {
        return JSON.readTree(
                        asAdministrator("GET", "/admin/realms/" + REALM + "/users?exact=true&username=" + name, null)
                                .body())
                .get(0);
    }

    /** The answer to registering an account with such a unit. */
    public HttpResponse<String> tryUnit(String unit) throws Exception {
        var person = JSON.createObjectNode().put("username", "nobody").put("enabled", false);
        person.withObject("/attributes").putArray("unit").add(unit);
        return asAdministrator("POST", "/admin/realms/" + REALM + "/users", person.toString());
    }

    /** Signs with a new key from now on. The one before it goes on being published until {@link #withdrawOlderKeys}. */
    public void addKey() throws Exception {
        var key = JSON.createObjectNode()
                .put("name", "rotated")
                .put("providerId", "rsa-generated")
                .put("providerType", "org.keycloak.keys.KeyProvider");
        key.putObject("config").set("priority", JSON.createArrayNode().add("200"));
        assertThat(asAdministrator("POST", "/admin/realms/" + REALM + "/components", key.toString())
                        .statusCode())
                .isEqualTo(201);
    }

    /** Withdraws the keys that signed before. */
    public void withdrawOlderKeys() throws Exception {
        String components = "/admin/realms/" + REALM + "/components";
        for (JsonNode key :
                JSON.readTree(asAdministrator("GET", components + "?type=org.keycloak.keys.KeyProvider", null)
                        .body())) {
            if (key.get("providerId").asString().equals("rsa-generated")
                    && !key.get("name").asString().equals("rotated")) {
                assertThat(asAdministrator(
                                        "DELETE",
                                        components + "/" + key.get("id").asString(),
                                        null)
                                .statusCode())
                        .isEqualTo(204);
            }
        }
    }

    private HttpResponse<String> asAdministrator(String method, String path, @Nullable String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + administratorsToken())
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    /** Lives a minute only: asked for anew each time. */
    private String administratorsToken() throws Exception {
        return JSON.readTree(send(HttpRequest.newBuilder(
                                        URI.create(issuer("master") + "/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username="
                                        + ADMINISTRATOR + "&password=" + password)))
                        .body())
                .get("access_token")
                .asString();
    }

    private boolean isReady() throws Exception {
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak did not start: " + Files.readString(UNPACKED.resolve("log")));
        }
        try {
            return send(HttpRequest.newBuilder(URI.create(issuer(REALM) + "/.well-known/openid-configuration")))
                            .statusCode()
                    == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    private static Path home() throws IOException {
        try (Stream<Path> unpacked = Files.list(UNPACKED)) {
            return unpacked.filter(path -> path.getFileName().toString().startsWith("keycloak-"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    @Override
    public void close() {
        http.close();
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        await().atMost(Duration.ofSeconds(60)).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }
}
