package org.citybrain.api.webhook;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.citybrain.messages.MessageJson;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Makes one attempt. Redirects are not followed, the answer's body is not read, nothing of it is remembered but the status, and an attempt
 * ends when its time is up, whatever the target still sends.
 */
@Component
class PostWebhook implements DisposableBean {

    private static final int MOST_CONNECTIONS = 1_000;

    private final WebhookSecrets secrets;
    private final WebhookSettings settings;
    private final Clock clock;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService deadlines;

    PostWebhook(ResolveTarget resolve, WebhookSecrets secrets, WebhookSettings settings, Clock clock) {
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
        this.http = client(resolve, settings);
        this.deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
    }

    Outcome post(Delivery delivery) {
        HttpPost request;
        try {
            request = request(delivery);
        } catch (RuntimeException unsendable) {
            return Outcome.failed(
                    "no message could be made: " + unsendable.getClass().getSimpleName());
        }
        Future<?> deadline =
                deadlines.schedule(request::cancel, settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return Outcome.answered(http.executeOpen(null, request, null).getCode());
        } catch (TargetRefused refused) {
            return Outcome.failed("the address may not be called");
        } catch (UnknownHostException unknown) {
            return Outcome.failed("the name service does not know the host");
        } catch (ConnectTimeoutException slow) {
            return Outcome.failed("no connection within " + settings.connectTimeout());
        } catch (IOException | RuntimeException failure) {
            return Outcome.failed(
                    request.isCancelled()
                            ? "no answer within " + settings.answerTimeout()
                            : "the connection failed: " + failure.getClass().getSimpleName());
        } finally {
            // To close the answer would read it to its end, which a target may keep from ever coming: the connection is
            // cut.
            request.cancel();
            deadline.cancel(false);
        }
    }

    @Override
    public void destroy() throws IOException {
        deadlines.shutdownNow();
        http.close();
    }

    private HttpPost request(Delivery delivery) {
        Instant now = clock.instant();
        String body = MessageJson.MAPPER.writeValueAsString(Message.of(delivery));
        HttpPost request = new HttpPost(delivery.target());
        request.setHeader("User-Agent", "City-Brain-Webhook/1");
        request.setHeader("webhook-id", delivery.eventId());
        request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        request.setHeader(
                "webhook-signature",
                SignMessage.sign(delivery.eventId(), now.getEpochSecond(), body, signing(delivery, now)));
        request.setEntity(
                new StringEntity(body, ContentType.create("application/cloudevents+json", StandardCharsets.UTF_8)));
        return request;
    }

    private List<byte[]> signing(Delivery delivery, Instant now) {
        List<byte[]> signing = new ArrayList<>();
        signing.add(secrets.bytes(delivery.subscriptionId(), delivery.secretGeneration()));
        Instant until = delivery.formerSecretUntil();
        if (until != null && now.isBefore(until)) {
            signing.add(secrets.bytes(delivery.subscriptionId(), delivery.secretGeneration() - 1));
        }
        return signing;
    }

    private static CloseableHttpClient client(ResolveTarget resolve, WebhookSettings settings) {
        Timeout answer = Timeout.ofMilliseconds(settings.answerTimeout().toMillis());
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolve)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofMilliseconds(
                                        settings.connectTimeout().toMillis()))
                                .setSocketTimeout(answer)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(answer)
                        .setConnectionRequestTimeout(answer)
                        .setRedirectsEnabled(false)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
