package org.citybrain.dispatch;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** dispatch-service: locates, correlates, grades and routes each report, and publishes what came of it. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class DispatchApplication {

    private static final int SCHEDULER_THREADS = 6;

    public static void main(String[] arguments) {
        System.setProperty("spring.config.name", "dispatch-service");
        SpringApplication.run(DispatchApplication.class, arguments);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("City Brain: dispatch-service")
                        .version("v1")
                        .description("Internal: what city-brain-api passes on. Callers outside use city-brain-api."));
    }

    /** What runs by the clock has threads of its own, so that the relay never waits for a measurement. */
    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(SCHEDULER_THREADS);
        scheduler.setThreadNamePrefix("dispatch-clockwork-");
        scheduler.setDaemon(true);
        return scheduler;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
