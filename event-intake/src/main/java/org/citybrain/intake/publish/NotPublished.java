package org.citybrain.intake.publish;

/**
 * Kafka did not acknowledge in time. Whether the records are on the topic is not known: the sender should send again, with
 * the same {@code reportId}.
 */
public final class NotPublished extends Exception {

    NotPublished(String message, Throwable cause) {
        super(message, cause);
    }
}
