package org.citybrain.intake;

import org.citybrain.intake.key.KeySettings;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service event-intake. Its settings are in {@code event-intake.yml}. */
@SpringBootApplication
@EnableScheduling
@EnableConfigurationProperties({IntakeSettings.class, KeySettings.class})
public class IntakeApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(IntakeApplication.class)
                .properties("spring.config.name=event-intake")
                .run(arguments);
    }
}
