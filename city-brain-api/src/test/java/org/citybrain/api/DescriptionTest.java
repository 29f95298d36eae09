package org.citybrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.citybrain.api.running.RunningApi;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DescriptionTest {
    private final JsonNode description = RunningApi.shared().get("/v3/api-docs").json();
    @Test
    void dump() throws Exception {
        java.nio.file.Files.writeString(java.nio.file.Path.of("target/api-docs.json"), description.toPrettyString());
        assertThat(description.get("openapi").asString()).startsWith("3.1");
    }
}
