package org.citybrain.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.UUID;
import org.citybrain.api.running.Broker;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.infrastructure.LocalKafka;
import org.citybrain.messages.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerOutageTest {

    @Test
    void without_kafka_only_what_needs_it_is_unavailable_and_it_comes_back_by_itself(@TempDir Path folder)
            throws Exception {
        int port = freePort();
        try (var kafka = new LocalKafka(folder, port, freePort());
                RunningApi api = RunningApi.start("CITY_BRAIN_KAFKA=127.0.0.1:" + port)) {
            api.stored().nothing();
            assertUnavailable(api);

            kafka.start();
            Answer empty = api.get("/v1/ledger");
            assertThat(empty.status()).as("no topics yet: %s", empty.text()).isEqualTo(200);
            assertThat(empty.json().get("totals").get("received").asLong()).isZero();
            assertThat(empty.json().get("totals").get("balanced").asBoolean()).isTrue();

            try (Broker broker = Broker.connect("127.0.0.1:" + port)) {
                broker.write(Topics.REPORT_RECEIVED, 0, 2);
            }
            assertThat(api.get("/v1/ledger").json().get("totals").get("waiting").asLong())
                    .isEqualTo(2);
            assertThat(received(api, 1).status()).isEqualTo(200);

            kafka.stop();
            assertUnavailable(api);
            assertThat(received(api, 1).status()).as("once there, always there").isEqualTo(200);
        }
    }

    @Test
    void a_broker_whose_name_nobody_knows_does_not_keep_the_service_from_starting() {
        try (RunningApi api = RunningApi.start("CITY_BRAIN_KAFKA=kafka.invalid:9092")) {
            api.stored().nothing();
            assertUnavailable(api);
        }
    }

    private static void assertUnavailable(RunningApi api) {
        for (Answer answer : new Answer[] {api.get("/v1/ledger"), received(api, 1_000_000)}) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.reason()).isEqualTo("BROKER_UNREACHABLE");
            assertThat(answer.header("Retry-After")).isNotBlank();
        }
        assertThat(api.get("/v1/incidents").status()).isEqualTo(200);
        assertThat(api.get("/v1/reports/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    private static Answer received(RunningApi api, long offset) {
        return api.get("/v1/reports/" + UUID.randomUUID() + "?partition=0&offset=" + offset);
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
