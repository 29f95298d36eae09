package org.citybrain.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;

/** What waited on a phone is not sent in the name of whoever has signed in on it since. */
class ExpectAccountTest {

    private final RunningApi api = RunningApi.shared();

    @Test
    void what_is_somebody_elses_is_refused_before_it_is_read() {
        assertThat(api.post("/v1/commands/batch", "{}").reason()).isEqualTo("BAD_BODY");

        Answer refused = api.post("/v1/commands/batch", "{}", "X-Expected-Account", "grid-worker");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.reason()).isEqualTo("OTHER_ACCOUNT");
        assertThat(refused.json().get("detail").asString()).startsWith("city-operator is signed in");
    }

    @Test
    void reading_and_the_ways_to_neighbours_are_refused_as_well() {
        for (String path : List.of("/v1/changes", "/v1/tasks", "/v1/units/50")) {
            assertThat(api.get(path, "X-Expected-Account", "grid-worker").reason())
                    .as(path)
                    .isEqualTo("OTHER_ACCOUNT");
        }
        assertThat(api.post("/v1/reports", "{}", "X-Expected-Account", "grid-worker")
                        .reason())
                .isEqualTo("OTHER_ACCOUNT");
    }

    @Test
    void ones_own_goes_through() {
        assertThat(api.get("/v1/me", "X-Expected-Account", "city-operator").status())
                .isEqualTo(200);
        assertThat(api.post("/v1/commands/batch", "{}", "X-Expected-Account", "city-operator")
                        .reason())
                .isEqualTo("BAD_BODY");
    }

    @Test
    void a_name_comes_percent_encoded() {
        String token = Infrastructure.shared().issuer().token("网格员+1", "50", "OPERATOR");

        assertThat(askAs(token, "%E7%BD%91%E6%A0%BC%E5%91%98%2B1").status()).isEqualTo(200);
        assertThat(askAs(token, "%E7%BD%91%E6%A0%BC%E5%91%98+1").status()).isEqualTo(200);
        assertThat(askAs(token, "%E7%BD%91%E6%A0%BC%E5%91%98").reason()).isEqualTo("OTHER_ACCOUNT");
        assertThat(askAs(token, "%E7%BD%91%").reason()).isEqualTo("OTHER_ACCOUNT");
    }

    @Test
    void where_nobody_is_signed_in_any_more_it_is_a_matter_of_signing_in() {
        assertThat(askAs("", "grid-worker").reason()).isEqualTo("NOT_SIGNED_IN");
    }

    private Answer askAs(String token, String expected) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.address().resolve("/v1/me"))
                .header("X-Expected-Account", expected)
                .GET();
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
