package org.citybrain.api.audit.publish;

import org.apache.kafka.clients.admin.NewTopic;
import org.citybrain.messages.Topics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;

@Configuration(proxyBeanMethods = false)
class AnchorTopicConfiguration {

    /** One partition, so that the anchors have one order; kept for ever. */
    @Bean
    NewTopic auditAnchorTopic() {
        return TopicBuilder.name(Topics.AUDIT_ANCHOR)
                .partitions(1)
                .config("retention.ms", "-1")
                .build();
    }
}
