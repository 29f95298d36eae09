package org.citybrain.local;

import java.io.IOException;
import java.nio.file.Path;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.CityClient.Answer;
import tools.jackson.databind.JsonNode;

/** {@code ./city-brain audit verify}: whether the audit trail is whole, asked of the running system as its administrator. */
public final class AuditCommand {

    private AuditCommand() {}

    /** {@code FOLDER PORT_BASE}. Exit code 0 only when the trail is whole; else each fault is a line. */
    public static void main(String[] arguments) throws InterruptedException {
        try (var city = new CityClient(new LocalPorts(Integer.parseInt(arguments[1])), Path.of(arguments[0]))) {
            Answer answer = city.verifyAudit();
            if (answer.status() != 200) {
                throw new IOException("the trail cannot be read: " + answer.body());
            }
            System.exit(print(answer.body()) ? 0 : 1);
        } catch (IOException failure) {
            System.err.println("City Brain: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static boolean print(JsonNode verification) {
        boolean intact = verification.get("intact").asBoolean();
        System.out.printf(
                "The audit trail is %s: %,d lines read, %,d anchors compared.%n",
                intact ? "whole" : "NOT whole",
                verification.get("lines").asLong(),
                verification.get("anchors").asLong());
        verification
                .get("faults")
                .forEach(fault -> System.out.printf(
                        "  %-8s line %,d: %s%n",
                        fault.get("kind").asString(),
                        fault.get("sequence").asLong(),
                        fault.get("detail").asString()));
        return intact;
    }
}
