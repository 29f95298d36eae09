package org.citybrain.grid;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/** Starts grid-service. Its settings are in {@code grid-service.yml}. */
@SpringBootApplication
public class GridApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(GridApplication.class)
                .properties("spring.config.name=grid-service")
                .run(arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
