package org.citybrain.api.subscription;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.notice}: being told.
 *
 * @param listen whether this instance makes notices of what is published. true
 * @param batchSize most messages in one transaction, 1 to 1,000. 500
 * @param reachWithin how soon one of a unit's subscribers must have been reached when it gets a task of level I or II. 60 s, a policy default
 * @param reachOthersWithin the same for all other levels and scopes. 5 min, a policy default
 * @param keptFor how long a notice and what became of it is kept. 30 days
 */
@ConfigurationProperties("city-brain.api.notice")
public record NoticeSettings(
        @DefaultValue("true") boolean listen,
        @DefaultValue("500") int batchSize,
        @DefaultValue("60s") Duration reachWithin,
        @DefaultValue("5m") Duration reachOthersWithin,
        @DefaultValue("30d") Duration keptFor) {

    private static final int LARGEST_BATCH = 1000;

    public NoticeSettings {
        if (batchSize < 1 || batchSize > LARGEST_BATCH) {
            throw new IllegalArgumentException(
                    "city-brain.api.notice.batch-size is " + batchSize + ": expected 1 to " + LARGEST_BATCH);
        }
        requirePositive("reach-within", reachWithin);
        requirePositive("reach-others-within", reachOthersWithin);
        requirePositive("kept-for", keptFor);
    }

    private static void requirePositive(String name, Duration length) {
        if (!length.isPositive()) {
            throw new IllegalArgumentException(
                    "city-brain.api.notice." + name + " is " + length + ": expected more than nothing");
        }
    }
}
