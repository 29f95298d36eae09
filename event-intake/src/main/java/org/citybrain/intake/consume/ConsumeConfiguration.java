package org.citybrain.intake.consume;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
class ConsumeConfiguration {

    private static final long SECOND = 1_000;

    /** The account may wait for the database, but skips nothing. */
    @Bean
    CommonErrorHandler retryForever() {
        return new DefaultErrorHandler(new FixedBackOff(SECOND, FixedBackOff.UNLIMITED_ATTEMPTS));
    }
}
