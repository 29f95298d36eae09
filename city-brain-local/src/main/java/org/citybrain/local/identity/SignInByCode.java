package org.citybrain.local.identity;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citybrain.local.secret.RandomPassword;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser and a public client do together: the authorization code flow with PKCE, at any OpenID Connect issuer whose
 * page is one HTML form with the fields {@code username} and {@code password}.
 *
 * @param redirectUri as it is registered; nobody listens there, the code is read from the redirect itself
 */
record SignInByCode(URI issuer, String client, String redirectUri) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HTML = "text/html";
    private static final Pattern FORM = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*\\btype=\"hidden\"[^>]*>");

    /** It did not work; the message is one sentence. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        Refused(String sentence) {
            super(sentence);
        }
    }

    /** A code, and what it takes to have a token for it. */
    record Code(URI tokenEndpoint, String value, String verifier) {}

    /**
     * Signs in.
     *
     * @return the token endpoint's answer, with {@code access_token}
     * @throws Refused when the issuer does not take this name, password or client
     */
    JsonNode signIn(String name, String password) throws IOException, InterruptedException {
        try (HttpClient http = newBrowser()) {
            Code code = askForCode(http, name, password);
            var answer = send(
                    http,
                    post(
                            code.tokenEndpoint(),
                            Map.of(
                                    "grant_type",
                                    "authorization_code",
                                    "client_id",
                                    client,
                                    "redirect_uri",
                                    redirectUri,
                                    "code",
                                    code.value(),
                                    "code_verifier",
                                    code.verifier())));
            JsonNode body = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new Refused("the identity server gave no token: "
                        + body.path("error").asString("no reason either"));
            }
            return body;
        }
    }

    /** A browser without a past. As in any other, this very machine counts as a safe way for {@code Secure} cookies. */
    static HttpClient newBrowser() {
        var cookies = new CookieManager() {
            @Override
            public void put(URI from, Map<String, List<String>> headers) throws IOException {
                super.put(from, headers);
                if ("127.0.0.1".equals(from.getHost())) {
                    getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
                }
            }
        };
        return HttpClient.newBuilder()
                .cookieHandler(cookies)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** The part up to the code, for whoever redeems it in another way. */
    Code askForCode(HttpClient http, String name, String password) throws IOException, InterruptedException {
        JsonNode endpoints = JSON.readTree(
                send(http, get(URI.create(issuer + "/.well-known/openid-configuration"), "application/json"))
                        .body());
        String verifier = RandomPassword.next();
        String state = RandomPassword.next();
        URI question = URI.create(endpoints.get("authorization_endpoint").asString() + "?"
                + encoded(Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        client,
                        "redirect_uri",
                        redirectUri,
                        "scope",
                        "openid profile",
                        "state",
                        state,
                        "code_challenge",
                        challenge(verifier),
                        "code_challenge_method",
                        "S256")));
        URI answer = passTheForm(http, question, name, password);
        Map<String, String> given = decoded(answer.getRawQuery());
        String code = given.get("code");
        if (code == null || !state.equals(given.get("state"))) {
            throw new Refused("the identity server gave no code: " + given.getOrDefault("error", "no reason either"));
        }
        return new Code(URI.create(endpoints.get("token_endpoint").asString()), code, verifier);
    }

    /** From the question over the form with name and password to the redirect that carries the code. */
    URI passTheForm(HttpClient http, URI question, String name, String password)
            throws IOException, InterruptedException {
        Hop page = follow(http, get(question, HTML));
        if (page.isBackAtTheClient()) {
            return page.uri();
        }
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new Refused("the identity server showed no form to sign in, but answered " + page.status());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        HIDDEN.matcher(page.body())
                .results()
                .map(MatchResult::group)
                .forEach(input -> attribute(input, "name")
                        .ifPresent(field ->
                                fields.put(field, attribute(input, "value").orElse(""))));
        fields.put("username", name);
        fields.put("password", password);
        Hop after = follow(http, post(page.uri().resolve(HtmlUtils.htmlUnescape(form.group(1))), fields));
        if (!after.isBackAtTheClient()) {
            throw new Refused("the identity server does not take the name " + name + " with this password, or not now");
        }
        return after.uri();
    }

    /** Where a chain of redirects ended: at a page, or at the client, which is not asked. */
    private record Hop(URI uri, int status, String body, boolean isBackAtTheClient) {}

    private Hop follow(HttpClient http, HttpRequest first) throws IOException, InterruptedException {
        HttpRequest request = first;
        for (int hops = 0; hops < 10; hops++) {
            var answer = send(http, request);
            Optional<URI> next = answer.headers().firstValue("Location").map(request.uri()::resolve);
            if (next.isEmpty()) {
                return new Hop(request.uri(), answer.statusCode(), answer.body(), false);
            }
            if (next.get().toString().startsWith(redirectUri + "?")) {
                return new Hop(next.get(), answer.statusCode(), "", true);
            }
            request = get(next.get(), HTML);
        }
        throw new Refused("the identity server redirects without end");
    }

    private static HttpRequest get(URI uri, String accept) {
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Accept", accept)
                .build();
    }

    private static HttpRequest post(URI uri, Map<String, String> fields) {
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(fields)))
                .build();
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private static Optional<String> attribute(String tag, String name) {
        Matcher value = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? Optional.of(HtmlUtils.htmlUnescape(value.group(1))) : Optional.empty();
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> decoded(String query) {
        return Arrays.stream(query.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0],
                        field -> field.length < 2 ? "" : URLDecoder.decode(field[1], StandardCharsets.UTF_8),
                        (first, second) -> first));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
