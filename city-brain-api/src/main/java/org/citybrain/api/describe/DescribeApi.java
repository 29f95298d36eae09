package org.citybrain.api.describe;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DescribeApi {

    private static final String TOKEN = "token";

    @Bean
    OpenAPI cityBrainApi() {
        return new OpenAPI()
                .addServersItem(new Server().url("/").description("This service"))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("An access token of the identity server (docs/security.md)")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .info(new Info().title("City Brain API").version("v1").description("""
                                The front door of operators and grid workers: what became of a report, incidents with their \
                                grade and its reasons, the tasks down the chain of five tiers, the ledger, and what is parked.

                                Every path wants a token. What a person sees is their unit's subtree and what was dispatched \
                                to it: another's incident is not there (404).

                                Times are ISO 8601 in UTC, places WGS-84 in degrees, areas square kilometres. Lists answer \
                                `{items, nextCursor}`; send `nextCursor` as `cursor` for the next page. A parameter that a path \
                                does not know is refused, as is everything else that is wrong, with a problem document (RFC 9457) \
                                that holds a `reason`, the `value` and what was `expected`."""));
    }
}
