package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.citybrain.local.simulate.CityClient;
import tools.jackson.databind.JsonNode;

/** The ledger when all is worked off: nothing waits, and both ends agree. */
final class SettledLedger {

    private SettledLedger() {}

    static void await(CityClient city) {
        Awaitility.await().atMost(Duration.ofMinutes(3)).ignoreExceptions().untilAsserted(() -> {
            JsonNode totals = city.readLedger();
            assertThat(totals.get("waiting").asLong())
                    .as("waiting of %s", totals)
                    .isZero();
            assertThat(totals.get("uncounted").asLong())
                    .as("uncounted of %s", totals)
                    .isZero();
            assertThat(totals.get("difference").asLong())
                    .as("difference of %s", totals)
                    .isZero();
            assertThat(totals.get("balanced").asBoolean())
                    .as("balanced of %s", totals)
                    .isTrue();
        });
    }
}
