package org.citybrain.grid;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.citybrain.grid.problem.ProblemReason;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service's OpenAPI description: what springdoc cannot read from the endpoints. */
@Configuration(proxyBeanMethods = false)
class DescribeApi {

    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI gridServiceApi() {
        return new OpenAPI()
                .info(new Info().title("City Brain grid-service").version("v1").description("""
                                The layered governance map: city, district, street, community, grid. All positions in answers are \
                                WGS-84. Every question can be asked as of a moment. What is refused gets a problem document \
                                (RFC 9457) with `reason`, `value` and `expected`."""));
    }

    /** Every operation can be refused in the same two ways, and every change in two more. */
    @Bean
    OpenApiCustomizer problemsOfEveryOperation() {
        return api -> {
            api.getComponents().addSchemas(PROBLEM, problem());
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> operation
                            .getResponses()
                            .addApiResponse("400", refused("A parameter is absent or wrong."))
                            .addApiResponse("404", refused("No such unit, place or map as of that moment.")));
            api.getPaths().values().stream()
                    .flatMap(path -> Stream.of(path.getPut(), path.getDelete()))
                    .filter(Objects::nonNull)
                    .forEach(operation -> operation
                            .getResponses()
                            .addApiResponse("403", refused("Not for your role, or outside your unit."))
                            .addApiResponse("409", refused("It does not go with what is there already.")));
        };
    }

    private static ApiResponse refused(String description) {
        Schema<?> schema = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }

    private static Schema<?> problem() {
        List<String> reasons =
                Arrays.stream(ProblemReason.values()).map(Enum::name).toList();
        return new ObjectSchema()
                .addProperty("title", new StringSchema().example("Bad Request"))
                .addProperty("status", new IntegerSchema().example(400))
                .addProperty(
                        "detail",
                        new StringSchema().example("datum is 'NAD27': expected one of WGS84, CGCS2000, GCJ02, BD09"))
                .addProperty("instance", new StringSchema().example("/v1/locate"))
                .addProperty("reason", new StringSchema()._enum(reasons).example("BAD_DATUM"))
                .addProperty("parameter", new StringSchema().example("datum"))
                .addProperty("value", new StringSchema().example("NAD27"))
                .addProperty("expected", new StringSchema().example("one of WGS84, CGCS2000, GCJ02, BD09"));
    }
}
