package org.citybrain.grid.tile;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.citybrain.grid.tile.PostgisTileLevels.Level;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Simplifies each new version of the map for the zooms that show much of it, level by level, in the background. Until a level is
 * done its tiles are drawn from the units themselves, which is slower. A level that was broken off is claimed again, by this
 * instance or another, and comes out the same.
 */
@Component
@EnableConfigurationProperties(TileSettings.class)
class PrepareTiles implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(PrepareTiles.class);

    /** Longer than any part takes; each part renews it. */
    private static final Duration CLAIM = Duration.ofMinutes(3);

    /** From here on a tier is too much to hold at once: it is taken district by district. */
    private static final Tier BY_DISTRICT = Tier.COMMUNITY;

    private static final String NOTHING_LEFT = " 0";

    private final PostgisTileLevels levels;
    private final TileSettings settings;
    private final Clock clock;

    private @Nullable Thread preparing;
    private volatile String done = "";

    PrepareTiles(PostgisTileLevels levels, TileSettings settings, Clock clock) {
        this.levels = levels;
        this.settings = settings;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (settings.prepareEvery().isPositive()) {
            // No virtual thread: it would hold one of the few that carry the requests for as long as it computes.
            preparing = Thread.ofPlatform().daemon().name("prepare-tiles").start(this::prepareForEver);
        }
    }

    @Override
    public void destroy() {
        if (preparing != null) {
            preparing.interrupt();
        }
    }

    /** Simplifies one level that is missing. @return whether there was one */
    boolean prepareNext() {
        String state = levels.state(clock.instant());
        if (state.equals(done)) {
            return false;
        }
        Tileset.ofUnits()
                .forEach(tileset -> tileset.levels()
                        .forEach(toZoom ->
                                levels.addMissing(Objects.requireNonNull(tileset.tier()), toZoom, clock.instant())));
        levels.removeOutdated(clock.instant());
        Level level = levels.claim(CLAIM).orElse(null);
        if (level != null) {
            prepare(level);
        }
        String left = levels.state(clock.instant());
        done = left.endsWith(NOTHING_LEFT) ? left : "";
        return level != null;
    }

    private void prepare(Level level) {
        long start = System.nanoTime();
        int units = 0;
        if (level.tier().isAbove(BY_DISTRICT)) {
            var all = levels.listUnits(level.tier(), null, level.effectiveFrom());
            levels.write(level, SimplifyTier.simplify(all, level.toZoom()));
            units = all.size();
        } else {
            for (String district : levels.listDistricts(level.effectiveFrom())) {
                levels.renew(level, CLAIM);
                var part = levels.listUnits(level.tier(), district, level.effectiveFrom());
                levels.write(level, SimplifyTier.simplifyPart(part, level.toZoom()));
                units += part.size();
            }
        }
        levels.finish(level);
        LOG.info(
                "Simplified {} units ({}) of map version {} up to zoom {} in {} ms",
                units,
                level.tier(),
                level.mapVersion(),
                level.toZoom(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private void prepareForEver() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!prepareNextOrWarn()) {
                    Thread.sleep(settings.prepareEvery());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean prepareNextOrWarn() {
        try {
            return prepareNext();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "The map is not simplified yet, trying again in {}: {}",
                    settings.prepareEvery(),
                    failure.getMessage());
            return false;
        }
    }
}
