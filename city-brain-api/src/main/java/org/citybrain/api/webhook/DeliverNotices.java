package org.citybrain.api.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends what waits. Every target has a few senders of its own, virtual threads that end when nothing waits for it: one that answers
 * slowly keeps its own senders busy and nobody else's. An attempt that dies with its instance is made again when its lease is over.
 */
@Component
class DeliverNotices implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverNotices.class);

    private final PostgresDeliveries deliveries;
    private final PostWebhook post;
    private final WebhookSecrets secrets;
    private final WebhookSettings settings;
    private final MeterRegistry meters;
    private final RetrySchedule schedule;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<UUID, AtomicInteger> busy = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    DeliverNotices(
            PostgresDeliveries deliveries,
            PostWebhook post,
            WebhookSecrets secrets,
            WebhookSettings settings,
            MeterRegistry meters) {
        this.deliveries = deliveries;
        this.post = post;
        this.secrets = secrets;
        this.settings = settings;
        this.meters = meters;
        this.schedule = new RetrySchedule(settings.tries(), settings.firstPause());
    }

    /** Sees to it that every target for which something waits has its senders. Does not wait for any of them. */
    @Scheduled(
            initialDelayString = "${city-brain.api.webhook.look-every:500ms}",
            fixedDelayString = "${city-brain.api.webhook.look-every:500ms}")
    void deliver() {
        if (stopped || !secrets.areThere()) {
            return;
        }
        try {
            deliveries.listTargets().forEach(this::startSenders);
        } catch (DataAccessException failure) {
            LOG.warn("webhooks wait until the database answers: {}", failure.getMessage());
        }
    }

    @Override
    public void destroy() {
        stopped = true;
        senders.shutdownNow();
    }

    private void startSenders(UUID target) {
        AtomicInteger there = busy.computeIfAbsent(target, t -> new AtomicInteger());
        while (there.getAndUpdate(count -> Math.min(count + 1, settings.atOncePerTarget()))
                < settings.atOncePerTarget()) {
            senders.execute(() -> {
                try {
                    sendAll(target);
                } catch (RuntimeException failure) {
                    LOG.warn("a webhook is tried again when its lease is over: {}", failure.toString());
                } finally {
                    there.decrementAndGet();
                }
            });
        }
    }

    private void sendAll(UUID target) {
        Optional<Delivery> next = deliveries.claim(target, settings.tries(), settings.lease());
        while (next.isPresent() && !stopped) {
            settle(next.get(), post.post(next.get()));
            next = deliveries.claim(target, settings.tries(), settings.lease());
        }
    }

    private void settle(Delivery delivery, Outcome outcome) {
        String failure = outcome.failure();
        if (failure == null) {
            deliveries.delivered(delivery);
            count("DELIVERED");
        } else if (outcome.gone()) {
            deliveries.disable(delivery.subscriptionId(), failure);
            count("GONE");
        } else if (schedule.goesOnAfter(delivery.attempts())) {
            deliveries.tryAgain(
                    delivery,
                    failure,
                    schedule.pauseAfter(
                            delivery.attempts(), ThreadLocalRandom.current().nextDouble()));
            count("FAILED");
        } else {
            LOG.warn(
                    "notice {} of subscription {} was tried {} times and is dead: {}",
                    delivery.noticeId(),
                    delivery.subscriptionId(),
                    delivery.attempts(),
                    failure);
            deliveries.giveUp(delivery, failure);
            count("DEAD");
        }
    }

    private void count(String result) {
        Counter.builder("citybrain.api.webhooks")
                .description(
                        "Attempts to deliver a webhook: DELIVERED, FAILED (tried again), DEAD (given up), GONE (the target wants no more)")
                .tag("result", result)
                .register(meters)
                .increment();
    }
}
