package org.citybrain.api.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.UUID;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.api.subscription.Webhooks;
import org.springframework.stereotype.Component;

/** Says before somebody subscribes whether their address may be called at all. It is asked again at every attempt. */
@Component
class CheckTarget implements Webhooks {

    private static final int LONGEST = 2000;

    private final ResolveTarget resolve;
    private final WebhookSecrets secrets;
    private final boolean allowHttp;

    CheckTarget(ResolveTarget resolve, WebhookSecrets secrets, WebhookSettings settings) {
        this.resolve = resolve;
        this.secrets = secrets;
        this.allowHttp = settings.allowHttp();
    }

    @Override
    public void check(String url) {
        if (!secrets.areThere()) {
            throw Problem.refused(
                    ProblemReason.WEBHOOKS_OFF, "city-brain.api.webhook.key is not set", "the channel LIVE");
        }
        String host = parse(url).getHost();
        try {
            resolve.resolve(host);
        } catch (UnknownHostException unknownOrRefused) {
            // One answer for both: it does not tell which names there are inside.
            throw refused(url, "a host that the name service knows, with public addresses only");
        }
    }

    @Override
    public String secret(UUID subscription, int generation) {
        return secrets.shown(subscription, generation);
    }

    private URI parse(String url) {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException malformed) {
            throw refused(url, "an address such as https://duty.example/city-brain");
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
            throw refused(url, "https");
        }
        if (address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getRawFragment() != null
                || url.length() > LONGEST) {
            throw refused(
                    url, "a host name or address, without user and fragment, in up to " + LONGEST + " characters");
        }
        return address;
    }

    private static RuntimeException refused(String url, String expected) {
        return Problem.refused(ProblemReason.WEBHOOK_REFUSED, "'" + url + "'", expected);
    }
}
