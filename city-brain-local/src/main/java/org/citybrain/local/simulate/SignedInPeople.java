package org.citybrain.local.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.identity.FetchToken;

/** The demo people's tokens, and the demo gateway's key: each person signs in when first needed, and again before the token ends. */
final class SignedInPeople {

    /** A token is good for 15 minutes. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Path folder;
    private final LocalPorts ports;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    SignedInPeople(Path folder, LocalPorts ports) {
        this.folder = folder;
        this.ports = ports;
    }

    String token(String person) throws IOException, InterruptedException {
        Token known = tokens.get(person);
        if (known == null || System.nanoTime() - known.fetchedAt() > KEPT.toNanos()) {
            known = new Token(FetchToken.fetch(folder, ports, person), System.nanoTime());
            tokens.put(person, known);
        }
        return known.value();
    }

    /** What event-intake has put where only the run's owner can read it. */
    String gatewayKey() throws IOException {
        return Files.readString(folder.resolve("secrets/demo-gateway-key")).strip();
    }

    private record Token(String value, long fetchedAt) {}
}
