package org.citybrain.local.identity;

import java.time.Clock;
import org.citybrain.access.AccessConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The identity server of the local run. Its settings, with the two clients that it knows, are in {@code identity-server.yml}. */
@SpringBootApplication
@EnableConfigurationProperties(IdentitySettings.class)
@Import(AccessConfiguration.class)
public class IdentityApplication {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
