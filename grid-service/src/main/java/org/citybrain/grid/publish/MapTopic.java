package org.citybrain.grid.publish;

import org.apache.kafka.clients.admin.NewTopic;
import org.citybrain.messages.Topics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;

@Configuration(proxyBeanMethods = false)
class MapTopic {

    /** One partition: versions are heard in their order. */
    @Bean
    NewTopic governanceMapChanged() {
        return TopicBuilder.name(Topics.GOVERNANCE_MAP_CHANGED).partitions(1).build();
    }
}
