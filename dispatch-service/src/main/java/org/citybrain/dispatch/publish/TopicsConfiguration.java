package org.citybrain.dispatch.publish;

import org.apache.kafka.clients.admin.NewTopic;
import org.citybrain.messages.Topics;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;

/** The topics that dispatch writes; an operator may make them beforehand with other numbers of partitions and replicas. */
@Configuration
class TopicsConfiguration {

    private static final String TWO_WEEKS_MILLIS = "1209600000";

    @Bean
    NewTopic incidentChangedTopic(@Value("${city-brain.dispatch.topic-partitions:6}") int partitions) {
        return topic(Topics.INCIDENT_CHANGED, partitions);
    }

    @Bean
    NewTopic taskChangedTopic(@Value("${city-brain.dispatch.topic-partitions:6}") int partitions) {
        return topic(Topics.TASK_CHANGED, partitions);
    }

    private static NewTopic topic(String name, int partitions) {
        return TopicBuilder.name(name)
                .partitions(partitions)
                .config("retention.ms", TWO_WEEKS_MILLIS)
                .build();
    }
}
