package org.citybrain.infrastructure;

import java.util.Map;

/** How a Kafka broker that is alone on one machine is set, wherever it runs: without network and folders. */
public final class KafkaSettings {

    private KafkaSettings() {}

    /** By Kafka's own names. */
    public static Map<String, String> map() {
        return Map.ofEntries(
                Map.entry("auto.create.topics.enable", "false"),
                // One broker: there is nobody to replicate to.
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // After a kill, the controller waits this long for the dead broker before it takes the new one.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                // Small: a handful of clients on one machine.
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.num.partitions", "2"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("group.initial.rebalance.delay.ms", "0"));
    }
}
