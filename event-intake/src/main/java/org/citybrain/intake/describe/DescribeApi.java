package org.citybrain.intake.describe;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import org.citybrain.messages.Topics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the paths share: title, schemas, answers, examples. A report's schema and examples are those of the contract. */
@Configuration(proxyBeanMethods = false)
class DescribeApi {

    @Bean
    OpenAPI intakeApi() throws IOException {
        OpenAPI api;
        try (InputStream yaml = open(DescribeApi.class, "/openapi/event-intake.yml")) {
            api = Yaml31.mapper().readValue(yaml, OpenAPI.class);
        }
        try (InputStream schema = open(Topics.class, "/schemas/v1/report.schema.json")) {
            Schema<?> report = Json31.mapper().readValue(schema, Schema.class);
            report.set$schema(null);
            report.set$id(null);
            api.getComponents().addSchemas("Report", report);
        }
        for (String sample : new String[] {"full", "least", "polygon"}) {
            try (InputStream json = open(Topics.class, "/samples/v1/report/" + sample + ".json")) {
                Object value = Json31.mapper().readValue(json, Object.class);
                api.getComponents().addExamples("report-" + sample, new Example().value(value));
            }
        }
        return api;
    }

    private static InputStream open(Class<?> owner, String resource) {
        InputStream stream = owner.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("the resource " + resource + " is missing");
        }
        return stream;
    }
}
