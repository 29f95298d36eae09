package org.citybrain.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.Stored;
import org.citybrain.api.webhook.Listener.Heard;
import org.citybrain.messages.MessageJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Webhooks to a real HTTP server, from the subscription to the receipt. */
class DeliverNoticesTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String[] SETTINGS = {
        "city-brain.api.webhook.key=" + KEY,
        "city-brain.api.webhook.allowed-networks=127.0.0.0/8",
        "city-brain.api.webhook.allow-http=true",
        "city-brain.api.webhook.look-every=20ms",
        "city-brain.api.webhook.answer-timeout=2s",
        "city-brain.api.webhook.at-once-per-target=2"
    };

    private static final UUID WORN = UUID.fromString("0197e3a4-6010-8222-a0c2-2d91c07b2222");
    private static RunningApi api;

    private final List<Listener> listeners = new ArrayList<>();
    private final Stored stored = api.stored().nothing();
    private int keys;

    @BeforeAll
    static void start() {
        api = RunningApi.start(SETTINGS);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void close() {
        listeners.forEach(Listener::close);
    }

    @Test
    void a_notice_arrives_signed_as_a_cloud_event_and_its_receipt_waits_for_the_timeline() throws Exception {
        Listener target = listener();
        JsonNode made = subscribe(target);
        UUID incident = UUID.randomUUID();
        UUID notice = stored.notice(id(made), incident, "e-1", "{\"event\": \"CLOSED\", \"why\": \"已处理\"}");

        Heard heard = await().until(() -> first(target), found -> found != null);
        JsonNode event = MessageJson.MAPPER.readTree(heard.body());
        assertThat(heard.header("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("type").asString()).isEqualTo("citybrain.notice.v1");
        assertThat(event.get("id").asString()).isEqualTo("e-1").isEqualTo(heard.header("webhook-id"));
        assertThat(event.at("/data/why").asString()).isEqualTo("已处理");
        assertThat(heard.header("webhook-timestamp"))
                .isEqualTo(Long.toString(api.clock().instant().getEpochSecond()));
        assertThat(heard.header("webhook-signature"))
                .isEqualTo(expected(heard, made.get("secret").asString()));

        awaitStatus(made, notice, "DELIVERED");
        assertThat(stored.jdbc()
                        .sql(
                                "select kind || ' ' || incident_id || ' ' || event_id || ' ' || person || ' ' || channel from api.receipt")
                        .query(String.class)
                        .list())
                .containsExactly("NOTIFIED " + incident + " e-1 city-operator WEBHOOK");
    }

    @Test
    void while_its_secret_changes_over_messages_are_signed_by_both() throws Exception {
        Listener target = listener();
        JsonNode made = subscribe(target);
        String renewed = api.post("/v1/subscriptions/" + id(made) + "/secret", "{}")
                .json()
                .get("secret")
                .asString();
        assertThat(api.post("/v1/subscriptions/" + id(made) + "/secret", "{}")
                        .json()
                        .get("secret")
                        .asString())
                .as("renewed twice within the day")
                .isEqualTo(renewed);
        UUID notice = stored.notice(id(made), UUID.randomUUID(), "e-1", "{}");

        Heard heard = await().until(() -> first(target), found -> found != null);
        assertThat(heard.header("webhook-signature"))
                .isEqualTo(expected(heard, renewed) + " "
                        + expected(heard, made.get("secret").asString()));

        awaitStatus(made, notice, "DELIVERED"); // its lease would be over
        api.clock().move(Duration.ofHours(25));
        stored.notice(id(made), UUID.randomUUID(), "e-2", "{}");
        await().until(() -> target.heard.size() == 2);
        assertThat(target.heard.getLast().header("webhook-signature"))
                .isEqualTo(expected(target.heard.getLast(), renewed));
        assertThat(api.post("/v1/subscriptions/" + id(made) + "/secret", "{}")
                        .json()
                        .get("secret")
                        .asString())
                .as("a day later")
                .isNotEqualTo(renewed);
    }

    @Test
    void the_same_subscription_again_shows_the_present_secret_whatever_its_address_answers_to_by_now()
            throws Exception {
        String url = listener().url();
        String body = "{\"events\": [\"CLOSED\"], \"channel\": \"WEBHOOK\", \"url\": \"" + url + "\"}";
        JsonNode made =
                api.post("/v1/subscriptions", body, "Idempotency-Key", "again").json();
        String renewed = api.post("/v1/subscriptions/" + id(made) + "/secret", "{}")
                .json()
                .get("secret")
                .asString();
        stored.jdbc()
                .sql("update api.subscription set url = 'http://nowhere.invalid/'")
                .update();

        RunningApi.Answer again =
                api.post("/v1/subscriptions", body.replace(url, "http://nowhere.invalid/"), "Idempotency-Key", "again");

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().get("secret").asString()).isEqualTo(renewed);
    }

    @Test
    void what_fails_is_tried_again_on_schedule_until_it_is_dead_and_then_when_a_person_wants_it() throws Exception {
        Listener target = listener();
        target.answer(500);
        JsonNode made = subscribe(target);
        UUID notice = stored.notice(id(made), UUID.randomUUID(), "e-1", "{}");
        for (int attempt = 1; attempt < 8; attempt++) {
            int attempts = attempt;
            await().until(() -> delivery(made, notice).get("attempts").asInt() == attempts
                    && delivery(made, notice).get("lastFailure").isString());
            Instant next = await().until(
                            () -> Instant.parse(
                                    delivery(made, notice).get("nextAttemptAt").asString()),
                            at -> !at.equals(api.clock().instant().plusSeconds(34))); // no more the lease
            Duration pause = Duration.between(api.clock().instant(), next);
            assertThat(pause)
                    .isBetween(Duration.ofMillis((long) (3200 * Math.pow(4, attempt - 1))), Duration.ofMillis((long)
                            (4800 * Math.pow(4, attempt - 1))));
            assertThat(target.heard).hasSize(attempt);
            api.clock().move(pause);
        }
        awaitStatus(made, notice, "DEAD");
        assertThat(target.heard)
                .hasSize(8)
                .extracting(heard -> heard.header("webhook-id"))
                .containsOnly("e-1");
        assertThat(api.get("/v1/subscriptions/" + id(made) + "/deliveries?status=DEAD")
                        .items("lastFailure"))
                .containsExactly("answered 500");

        target.answer(200);
        assertThat(api.post("/v1/subscriptions/" + id(made) + "/deliveries/" + notice + "/retry", "{}")
                        .status())
                .isEqualTo(200);
        awaitStatus(made, notice, "DELIVERED");
    }

    @Test
    void a_target_that_is_gone_is_told_no_more() throws Exception {
        Listener target = listener();
        target.answer(410);
        JsonNode made = subscribe(target);
        UUID notice = stored.notice(id(made), UUID.randomUUID(), "e-1", "{}");

        awaitStatus(made, notice, "DEAD");
        stored.notice(id(made), UUID.randomUUID(), "e-2", "{}");
        assertThat(api.get("/v1/subscriptions").json().at("/items/0/status").asString())
                .isEqualTo("DISABLED");
        assertThat(api.post("/v1/subscriptions/" + id(made) + "/deliveries/" + notice + "/retry", "{}")
                        .reason())
                .isEqualTo("SUBSCRIPTION_DISABLED");
        assertThat(target.heard).hasSize(1);
    }

    @Test
    void an_answer_whose_body_never_ends_has_got_through_and_is_cut() throws Exception {
        Listener target = listener();
        target.answerEndlessly();
        JsonNode made = subscribe(target);
        UUID notice = stored.notice(id(made), UUID.randomUUID(), "e-1", "{}");

        awaitStatus(made, notice, "DELIVERED");
        await().until(target::wasCut);
        assertThat(target.heard).hasSize(1);
    }

    @Test
    void what_was_tried_as_often_as_it_may_be_and_never_came_to_an_end_is_dead() throws Exception {
        Listener target = listener();
        JsonNode made = subscribe(target);
        UUID good = UUID.randomUUID();
        stored.jdbc()
                .sql("""
                        insert into api.notice (id, subscription_id, event_id, event, incident_id, happened_at, created_at, content, status,
                            attempts, next_attempt_at)
                        select :worn, :subscription, 'worn', 'CLOSED', :worn, :at, :at, '{}'::json, 'WAITING', 8, :at
                        union all
                        select :good, :subscription, 'good', 'CLOSED', :good, :at, :at, '{}'::json, 'WAITING', 7, :at
                        """)
                .param("worn", WORN)
                .param("good", good)
                .param("subscription", id(made))
                .param("at", RunningApi.NOW.minusSeconds(30).atOffset(ZoneOffset.UTC))
                .update();

        awaitStatus(made, good, "DELIVERED");
        awaitStatus(made, WORN, "DEAD");
        assertThat(delivery(made, WORN).get("lastFailure").asString()).isEqualTo("no attempt came to an end");
        assertThat(target.heard).extracting(heard -> heard.header("webhook-id")).containsExactly("good");
    }

    @Test
    void a_message_that_cannot_be_made_is_a_failure_like_others() throws Exception {
        var settings = new WebhookSettings(
                KEY, List.of(), false, 8, Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofSeconds(10), 4);
        var post = new PostWebhook(
                new ResolveTarget(InetAddress::getAllByName, new AllowedAddresses(List.of(), List.of())),
                new WebhookSecrets(KEY),
                settings,
                api.clock());

        Outcome outcome = post.post(new Delivery(
                WORN, WORN, "e-1", RunningApi.NOW, "no JSON", 1, URI.create("https://duty.example/"), 1, null));

        assertThat(outcome.failure()).startsWith("no message could be made");
        post.destroy();
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        Listener target = listener();
        target.answer(302);
        JsonNode made = subscribe(target);
        UUID notice = stored.notice(id(made), UUID.randomUUID(), "e-1", "{}");

        await().until(() -> delivery(made, notice).get("lastFailure").isString());

        assertThat(delivery(made, notice).get("lastFailure").asString()).isEqualTo("answered 302");
        assertThat(target.heard).extracting(Heard::path).containsExactly("/hook");
    }

    @Test
    void one_that_does_not_answer_delays_nobody_else() throws Exception {
        Listener slow = listener();
        slow.keepSilent();
        JsonNode toSlow = subscribe(slow);
        for (int i = 0; i < 20; i++) {
            stored.notice(id(toSlow), UUID.randomUUID(), "slow-" + i, "{}");
        }
        await().until(() -> slow.heard.size() == 2);
        Listener quick = listener();
        JsonNode toQuick = subscribe(quick);
        for (int i = 0; i < 50; i++) {
            stored.notice(id(toQuick), UUID.randomUUID(), "quick-" + i, "{}");
        }

        await().until(() -> quick.heard.size() == 50);
        assertThat(slow.heard).as("as many at once as one target gets").hasSizeLessThanOrEqualTo(4);
        await().until(() -> delivered(toSlow, "%no answer%") >= 2);
    }

    @Test
    void two_instances_send_each_notice_once() throws Exception {
        Listener target = listener();
        JsonNode made = subscribe(target);
        try (RunningApi other = api.startAnother(SETTINGS)) {
            assertThat(other.get("/v1/subscriptions").items("status")).containsExactly("ACTIVE");
            for (int i = 0; i < 300; i++) {
                stored.notice(id(made), UUID.randomUUID(), "e-" + i, "{}");
            }
            await().until(() -> stored.jdbc()
                            .sql("select count(*) from api.notice where status = 'DELIVERED'")
                            .query(Integer.class)
                            .single()
                    == 300);
        }

        assertThat(target.heard)
                .extracting(heard -> heard.header("webhook-id"))
                .hasSize(300)
                .doesNotHaveDuplicates();
        assertThat(stored.jdbc()
                        .sql("select count(*) from api.receipt")
                        .query(Integer.class)
                        .single())
                .isEqualTo(300);
    }

    @Test
    void a_name_that_no_longer_may_be_called_is_not_called() throws Exception {
        Listener target = listener();
        JsonNode made = subscribe(target);
        stored.jdbc()
                .sql("update api.subscription set url = replace(url, '127.0.0.1', '[::1]')")
                .update();
        UUID notice = stored.notice(id(made), UUID.randomUUID(), "e-1", "{}");

        await().until(() -> delivery(made, notice).get("lastFailure").isString());

        assertThat(delivery(made, notice).get("lastFailure").asString()).isEqualTo("the address may not be called");
        assertThat(target.heard).isEmpty();
    }

    private Listener listener() throws java.io.IOException {
        Listener listener = new Listener();
        listeners.add(listener);
        return listener;
    }

    private JsonNode subscribe(Listener target) {
        RunningApi.Answer answer = api.post(
                "/v1/subscriptions",
                "{\"events\": [\"CLOSED\"], \"channel\": \"WEBHOOK\", \"url\": \"" + target.url() + "\"}",
                "Idempotency-Key",
                UUID.randomUUID().toString() + keys++);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static UUID id(JsonNode made) {
        return UUID.fromString(made.at("/subscription/id").asString());
    }

    private static Heard first(Listener target) {
        return target.heard.isEmpty() ? null : target.heard.getFirst();
    }

    private static JsonNode delivery(JsonNode made, UUID notice) {
        return api.get("/v1/subscriptions/" + id(made) + "/deliveries")
                .json()
                .get("items")
                .valueStream()
                .filter(item -> item.get("id").asString().equals(notice.toString()))
                .findFirst()
                .orElseThrow();
    }

    private int delivered(JsonNode made, String failure) {
        return stored.jdbc()
                .sql("select count(*) from api.notice where subscription_id = :id and last_failure like :failure")
                .param("id", id(made))
                .param("failure", failure)
                .query(Integer.class)
                .single();
    }

    private static void awaitStatus(JsonNode made, UUID notice, String status) {
        await().until(() -> delivery(made, notice).get("status").asString().equals(status));
    }

    /** Written from the convention, not from the code under test. */
    private static String expected(Heard heard, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String content = heard.header("webhook-id") + "." + heard.header("webhook-timestamp") + "." + heard.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}
