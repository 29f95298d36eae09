package org.citybrain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class MetricsKeyTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void the_key_opens_the_metrics() {
        assertThat(new MetricsKey(KEY).matches(request("/actuator/prometheus", "Bearer " + KEY)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/prometheus/", "/v1/incidents", "/"})
    void it_opens_nothing_else(String path) {
        assertThat(new MetricsKey(KEY).matches(request(path, "Bearer " + KEY))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer 0123456789abcdef0123456789abcdee", "bearer " + KEY, KEY, "Basic " + KEY})
    void nothing_but_the_key_opens_them(String sent) {
        assertThat(new MetricsKey(KEY).matches(request("/actuator/prometheus", sent)))
                .isFalse();
    }

    @Test
    void without_a_key_nobody_gets_in_by_sending_none() {
        assertThat(new MetricsKey("").matches(request("/actuator/prometheus", "Bearer ")))
                .isFalse();
        assertThat(new MetricsKey("").matches(new MockHttpServletRequest("GET", "/actuator/prometheus")))
                .isFalse();
    }

    @Test
    void a_key_that_can_be_guessed_is_refused_at_the_start() {
        assertThatThrownBy(() -> new AccessSettings("http://127.0.0.1", "", "city-brain", "secret"))
                .hasMessage("city-brain.access.metrics-key has 6 characters: expected 32 random ones or more");
    }

    private static MockHttpServletRequest request(String path, String authorization) {
        var request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        request.addHeader("Authorization", authorization);
        return request;
    }
}
