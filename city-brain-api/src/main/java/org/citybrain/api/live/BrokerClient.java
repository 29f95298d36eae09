package org.citybrain.api.live;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * The client that asks Kafka. It is made when it is first needed, so that the service starts without a broker, even where
 * the broker's name is not known yet.
 */
@Configuration(proxyBeanMethods = false)
class BrokerClient {

    @Lazy
    @Bean(destroyMethod = "close")
    Admin admin(KafkaProperties kafka, BrokerSettings settings) {
        Map<String, Object> properties = kafka.buildAdminProperties();
        int millis = Math.toIntExact(settings.timeout().toMillis());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "city-brain-api");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return Admin.create(properties);
    }
}
