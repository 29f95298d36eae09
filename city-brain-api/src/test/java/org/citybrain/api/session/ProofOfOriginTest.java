package org.citybrain.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.junit.jupiter.api.Test;

/** A browser sends a session's cookie with whatever any page asks for; only our own page can send the proof as well. */
class ProofOfOriginTest {

    private static final String SESSION = "CITY_BRAIN_API=0123456789abcdef";

    private final RunningApi api = RunningApi.shared();

    @Test
    void a_change_by_a_session_is_refused_without_proof_that_our_page_sent_it() throws Exception {
        assertThat(retry(SESSION, "").reason()).isEqualTo("NO_PROOF_OF_ORIGIN");
        assertThat(retry(SESSION + "; XSRF-TOKEN=right", "").reason()).isEqualTo("NO_PROOF_OF_ORIGIN");
        assertThat(retry(SESSION + "; XSRF-TOKEN=right", "wrong").reason()).isEqualTo("NO_PROOF_OF_ORIGIN");
    }

    @Test
    void a_report_through_the_page_wants_it_as_well() throws Exception {
        assertThat(post("/v1/reports", SESSION, "").reason()).isEqualTo("NO_PROOF_OF_ORIGIN");
        assertThat(post("/v1/reports", SESSION + "; XSRF-TOKEN=right", "right").reason())
                .isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void with_the_proof_it_is_a_matter_of_who_is_signed_in() throws Exception {
        assertThat(retry(SESSION + "; XSRF-TOKEN=right", "right").reason()).isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void signing_out_wants_the_proof_too() throws Exception {
        assertThat(post("/sign-out", SESSION, "").reason()).isEqualTo("NO_PROOF_OF_ORIGIN");
    }

    private Answer retry(String cookies, String proof) throws Exception {
        return post("/v1/parked/0197f2a0-0000-8000-8000-000000000000/retry", cookies, proof);
    }

    private Answer post(String path, String cookies, String proof) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.address().resolve(path))
                .header("Cookie", cookies)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reason\": \"a test\"}"));
        if (!proof.isEmpty()) {
            request.header("X-XSRF-TOKEN", proof);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        }
    }
}
