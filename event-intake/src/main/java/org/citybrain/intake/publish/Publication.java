package org.citybrain.intake.publish;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.ReportRejected;
import org.jspecify.annotations.Nullable;

/** The records of one request on their way. For one thread; what was sent counts only after {@link #await()}. */
public final class Publication {

    private final Producer<String, byte[]> producer;
    private final @Nullable String traceParent;
    private final Duration patience;
    private final Timer timer;
    private final long began = System.nanoTime();
    private final Semaphore answered = new Semaphore(0);
    private int sent;
    private volatile @Nullable Exception failure;
    private volatile @Nullable Placement placement;

    Publication(Producer<String, byte[]> producer, @Nullable String traceParent, Duration patience, Timer timer) {
        this.producer = producer;
        this.traceParent = traceParent;
        this.patience = patience;
        this.timer = timer;
    }

    public void send(ReportReceived received) throws NotPublished {
        send(PublishReports.record(received, traceParent));
    }

    public void send(ReportRejected rejected) throws NotPublished {
        send(PublishReports.record(rejected, traceParent));
    }

    /**
     * Waits until Kafka has acknowledged all that was sent, with {@code acks=all}.
     *
     * @throws NotPublished if one of them was not acknowledged in time
     */
    public void await() throws NotPublished {
        try {
            if (!answered.tryAcquire(sent, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw notPublished(new TimeoutException("no answer within " + patience));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw notPublished(interrupted);
        }
        failIfOneFailed();
        timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    /** Where the record lies that was acknowledged last; meant for a publication of one. */
    public Placement placement() {
        Placement known = placement;
        if (known == null) {
            throw new IllegalStateException("nothing has been acknowledged");
        }
        return known;
    }

    /** Blocks no longer than the producer's {@code max.block.ms}; gives up at the first failure instead of waiting for each. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would tell
    private void send(ProducerRecord<String, byte[]> record) throws NotPublished {
        failIfOneFailed();
        sent++;
        try {
            producer.send(record, answer());
        } catch (KafkaException refused) {
            throw notPublished(refused);
        }
    }

    private Callback answer() {
        return (RecordMetadata metadata, @Nullable Exception refused) -> {
            if (refused == null) {
                placement = new Placement(metadata.partition(), metadata.offset());
            } else {
                failure = refused;
            }
            answered.release();
        };
    }

    private void failIfOneFailed() throws NotPublished {
        Exception known = failure;
        if (known != null) {
            throw notPublished(known);
        }
    }

    private static NotPublished notPublished(Exception cause) {
        return new NotPublished("Kafka did not acknowledge: " + cause.getMessage(), cause);
    }
}
