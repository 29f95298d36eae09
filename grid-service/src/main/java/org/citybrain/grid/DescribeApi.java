package org.citybrain.grid;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DescribeApi {

    @Bean
    OpenAPI gridServiceApi() {
        return new OpenAPI()
                .info(new Info().title("City Brain grid-service").version("v1").description("""
                                The layered governance map: city, district, street, community, grid. All positions in answers are
                                WGS-84. Every question can be asked as of a moment. What is refused gets a problem document
                                (RFC 9457) with `reason`, `value` and `expected`."""));
    }
}
