package org.citybrain.api.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.webhook}.
 *
 * @param key from which the secrets of all webhooks follow; the same in every instance, at least 32 random characters. Another key makes
 *     every secret another one. Empty: no webhooks
 * @param allowedNetworks networks that may be called although they are not public, such as 10.20.0.0/16. None
 * @param allowHttp whether addresses without TLS may be called. false
 * @param tries how often one notice is tried before it is dead, 1 to 20. 8, a policy default
 * @param firstPause the pause after the first failure; each further one is four times as long, give or take a fifth. 4 s, which makes
 *     eight tries last six hours, a policy default
 * @param connectTimeout how long a connection may take. 3 s
 * @param answerTimeout how long an attempt may take as a whole. 10 s
 * @param atOncePerTarget how many requests one subscription's target gets at once from one instance, 1 to 32. 4
 */
@ConfigurationProperties("city-brain.api.webhook")
record WebhookSettings(
        @DefaultValue("") String key,
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("false") boolean allowHttp,
        @DefaultValue("8") int tries,
        @DefaultValue("4s") Duration firstPause,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration answerTimeout,
        @DefaultValue("4") int atOncePerTarget) {

    private static final int SHORTEST_KEY = 32;
    private static final int MOST_TRIES = 20;
    private static final int MOST_AT_ONCE = 32;

    WebhookSettings {
        allowedNetworks = List.copyOf(allowedNetworks);
        if (!key.isEmpty() && key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("city-brain.api.webhook.key has " + key.length()
                    + " characters: expected " + SHORTEST_KEY + " random ones or more");
        }
        requireWithin("tries", tries, MOST_TRIES);
        requireWithin("at-once-per-target", atOncePerTarget, MOST_AT_ONCE);
        requirePositive("first-pause", firstPause);
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("answer-timeout", answerTimeout);
    }

    /** For how long an attempt keeps all others away: longer than it can last. */
    Duration lease() {
        return answerTimeout.multipliedBy(2).plusSeconds(30);
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "city-brain.api.webhook." + name + " is " + value + ": expected 1 to " + most);
        }
    }

    private static void requirePositive(String name, Duration length) {
        if (!length.isPositive()) {
            throw new IllegalArgumentException(
                    "city-brain.api.webhook." + name + " is " + length + ": expected more than nothing");
        }
    }

    /** Without its key. */
    @Override
    public String toString() {
        return "WebhookSettings[allowedNetworks=" + allowedNetworks + ", allowHttp=" + allowHttp + ", tries=" + tries
                + "]";
    }
}
