package org.citybrain.local;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.messages.MessageJson;

/** {@code ./city-brain key SOURCE}: issues a new key to a gateway, as the demo administrator, and prints it, nothing else. */
public final class FetchKey {

    private FetchKey() {}

    /** {@code FOLDER PORT_BASE SOURCE}. Exit code 1 and one sentence on standard error when there is no key. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            System.out.println(
                    issue(Path.of(arguments[0]), new LocalPorts(Integer.parseInt(arguments[1])), arguments[2]));
        } catch (IOException failure) {
            System.err.println("City Brain: " + failure.getMessage());
            System.exit(1);
        }
    }

    /** A new key of a registered source; the older ones stay good. */
    public static String issue(Path folder, LocalPorts ports, String source) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(source, StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(LocalPorts.url(ports.intake()) + "/v1/sources/" + encoded + "/keys"))
                .header("Authorization", "Bearer " + FetchToken.fetch(folder, ports, "admin"))
                .POST(BodyPublishers.noBody())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException("there is no key for '" + source + "': "
                        + MessageJson.MAPPER
                                .readTree(answer.body())
                                .path("detail")
                                .asString());
            }
            return MessageJson.MAPPER.readTree(answer.body()).get("key").asString();
        }
    }
}
