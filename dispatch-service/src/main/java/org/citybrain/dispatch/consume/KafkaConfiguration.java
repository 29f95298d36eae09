package org.citybrain.dispatch.consume;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How dispatch listens. Values arrive as bytes, so that what is no report can be parked instead of stopping the partition. */
@Configuration
class KafkaConfiguration {

    private static final long FIRST_RETRY_MILLIS = 200;
    private static final long MOST_RETRY_MILLIS = 5_000;
    private static final long QUIET_MILLIS = 3_000;

    @Bean
    ConsumerFactory<String, byte[]> reportConsumerFactory(
            KafkaProperties properties, MeterRegistry registry, ConsumeSettings settings) {
        Map<String, Object> configuration = new HashMap<>(properties.buildConsumerProperties());
        configuration.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        configuration.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batchSize());
        DefaultKafkaConsumerFactory<String, byte[]> factory = new DefaultKafkaConsumerFactory<>(configuration);
        factory.addListener(new MicrometerConsumerListener<>(registry));
        return factory;
    }

    /** Trouble that may pass (the database is away, a deadlock) is tried again for as long as it takes, with growing pauses. */
    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> reportContainerFactory(
            ConsumerFactory<String, byte[]> reportConsumerFactory,
            @org.springframework.context.annotation.Lazy ReportListener listener,
            ConsumeSettings settings) {
        ConcurrentKafkaListenerContainerFactory<String, byte[]> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setConsumerFactory(reportConsumerFactory);
        factory.setBatchListener(true);
        factory.setConcurrency(settings.threads());
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_RETRY_MILLIS, 2);
        backOff.setMaxInterval(MOST_RETRY_MILLIS);
        factory.setCommonErrorHandler(new DefaultErrorHandler(backOff));
        factory.getContainerProperties().setConsumerRebalanceListener(listener);
        factory.getContainerProperties().setSyncCommits(false);
        factory.getContainerProperties().setIdlePartitionEventInterval(QUIET_MILLIS);
        return factory;
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> mapContainerFactory(
            ConsumerFactory<String, byte[]> reportConsumerFactory) {
        ConcurrentKafkaListenerContainerFactory<String, byte[]> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setConsumerFactory(reportConsumerFactory);
        return factory;
    }
}
