package org.citybrain.grid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObservabilityTest extends RunningGridService {

    @Test
    void health_speaks_of_the_database() {
        Answer answer = get("/actuator/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/components/db/status").asString()).isEqualTo("UP");
        assertThat(get("/actuator/health/readiness").body().get("status").asString())
                .isEqualTo("UP");
    }

    @Test
    void requests_are_counted() {
        get("/v1/map-versions");

        assertThat(get("/actuator/prometheus").text())
                .contains("http_server_requests_seconds_count")
                .contains("service=\"grid-service\"");
    }

    @Test
    void the_api_is_described_as_openapi_3_1_with_its_examples() {
        Answer answer = get("/v3/api-docs");

        assertThat(answer.body().get("openapi").asString()).startsWith("3.1");
        assertThat(answer.body().get("paths").propertyNames())
                .contains("/v1/locate", "/v1/units", "/v1/units/{code}", "/v1/units/{code}/chain");
        assertThat(answer.text()).contains("106.5784").contains("OUTSIDE_CITY");
    }
}
