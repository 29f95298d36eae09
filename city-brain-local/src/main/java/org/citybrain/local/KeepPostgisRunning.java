package org.citybrain.local;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citybrain.infrastructure.PrivatePostgis;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the database again when it has ended by itself, so that the services, which wait for it, go on. */
final class KeepPostgisRunning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeepPostgisRunning.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final PrivatePostgis postgis;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keep-postgis-running").factory());

    KeepPostgisRunning(PrivatePostgis postgis) {
        this.postgis = postgis;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // startAgain throws nothing
    void begin() {
        clockwork.scheduleWithFixedDelay(this::startAgain, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void startAgain() {
        if (postgis.isRunning()) {
            return;
        }
        LOG.warn("PostgreSQL has ended: starting it again");
        try {
            postgis.start();
            LOG.info("PostgreSQL is running again");
        } catch (RuntimeException failure) {
            LOG.error("PostgreSQL cannot be started again; trying once more in {}", EVERY, failure);
        }
    }

    /** After this, the database may be stopped without being started again. */
    @Override
    public void close() {
        clockwork.close();
    }
}
