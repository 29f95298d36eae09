package org.citybrain.api.subscription.consume;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.citybrain.api.subscription.NoticeSettings;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How notices are listened for. */
@Configuration(proxyBeanMethods = false)
class NoticeConsumerConfiguration {

    private static final long FIRST_RETRY_MILLIS = 200;
    private static final long MOST_RETRY_MILLIS = 5_000;
    /** Each batch is a transaction, whatever is in it: under load messages come together, and a single one waits no longer than that. */
    private static final int COMPANY_BYTES = 64 * 1024;

    private static final int MOST_WAIT_FOR_COMPANY_MILLIS = 100;

    /** Trouble that may pass (the database is away) is tried again for as long as it takes, with growing pauses. */
    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> noticeContainerFactory(
            KafkaProperties properties, @Lazy NoticeListener listener, NoticeSettings settings) {
        Map<String, Object> configuration = new HashMap<>(properties.buildConsumerProperties());
        configuration.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        configuration.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batchSize());
        configuration.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, COMPANY_BYTES);
        configuration.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MOST_WAIT_FOR_COMPANY_MILLIS);
        configuration.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        configuration.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        ConcurrentKafkaListenerContainerFactory<String, byte[]> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(configuration));
        factory.setBatchListener(true);
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_RETRY_MILLIS, 2);
        backOff.setMaxInterval(MOST_RETRY_MILLIS);
        factory.setCommonErrorHandler(new DefaultErrorHandler(backOff));
        factory.getContainerProperties().setConsumerRebalanceListener(listener);
        return factory;
    }
}
