package org.citybrain.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

class CheckTargetTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final Map<String, List<String>> names = Map.of(
            "duty.example", List.of("8.8.8.8"),
            "inside.example", List.of("10.0.0.7"),
            "both.example", List.of("8.8.8.8", "127.0.0.1"),
            "metadata.example", List.of("169.254.169.254"));

    private final ResolveTarget resolve = new ResolveTarget(this::lookUp, new AllowedAddresses(List.of(), List.of()));

    @Test
    void a_host_with_public_addresses_only_is_taken() {
        assertThatCode(() -> check(KEY, false, "https://duty.example/city-brain?team=7"))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(KEY, false, "https://8.8.8.8:8443/")).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "https://inside.example/",
                "https://both.example/",
                "https://metadata.example/latest/meta-data",
                "https://nowhere.example/",
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://127.1/",
                "https://0.0.0.0/",
                "https://[::]/",
                "https://[::1]/",
                "https://[::ffff:169.254.169.254]/",
                "https://localhost/",
                "https://user:secret@duty.example/",
                "https://duty.example/#part",
                "https:///path",
                "https://duty.example:port/",
                "http://duty.example/",
                "ftp://duty.example/",
                "file:///etc/passwd",
                "duty.example",
                "https://du ty.example/",
                ""
            })
    void an_address_that_may_not_be_called_is_refused(String url) {
        var refused = catchThrowableOfType(ErrorResponseException.class, () -> check(KEY, false, url));

        assertThat(refused.getBody().getProperties()).containsKeys("reason", "value", "expected");
        assertThat(refused.getStatusCode().value()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({"inside.example,10.0.0.7", "metadata.example,169.254.169.254"})
    void the_refusal_does_not_tell_what_lies_inside(String host, String address) {
        assertThatThrownBy(() -> check(KEY, false, "https://" + host + "/"))
                .hasMessageNotContaining(address)
                .extracting(
                        refused -> ((ErrorResponseException) refused).getBody().toString())
                .asString()
                .doesNotContain(address);
    }

    @Test
    void a_name_inside_is_refused_like_one_that_nobody_knows() {
        var inside =
                catchThrowableOfType(ErrorResponseException.class, () -> check(KEY, false, "https://inside.example/"));
        var nowhere =
                catchThrowableOfType(ErrorResponseException.class, () -> check(KEY, false, "https://nowhere.example/"));

        assertThat(inside.getBody().getProperties().get("expected"))
                .isEqualTo(nowhere.getBody().getProperties().get("expected"));
    }

    @Test
    void http_is_taken_only_where_it_is_allowed() {
        assertThatCode(() -> check(KEY, true, "http://duty.example/")).doesNotThrowAnyException();
    }

    @Test
    void without_a_key_there_are_no_webhooks() {
        var refused =
                catchThrowableOfType(ErrorResponseException.class, () -> check("", false, "https://duty.example/"));

        assertThat(refused.getStatusCode().value()).isEqualTo(409);
    }

    @Test
    void a_name_that_answers_otherwise_a_moment_later_is_refused_when_it_is_called() throws UnknownHostException {
        List<InetAddress[]> answers = List.of(
                new InetAddress[] {InetAddress.getByName("8.8.8.8")},
                new InetAddress[] {InetAddress.getByName("127.0.0.1")});
        var turn = new java.util.concurrent.atomic.AtomicInteger();
        var rebinding = new ResolveTarget(
                host -> answers.get(turn.getAndIncrement()), new AllowedAddresses(List.of(), List.of()));

        assertThat(rebinding.resolve("rebind.example")).containsExactly(answers.getFirst());
        assertThatThrownBy(() -> rebinding.resolve("rebind.example")).isInstanceOf(TargetRefused.class);
    }

    private void check(String key, boolean allowHttp, String url) {
        var settings = new WebhookSettings(
                key, List.of(), allowHttp, 8, Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofSeconds(10), 4);
        new CheckTarget(resolve, new WebhookSecrets(key), settings).check(url);
    }

    /** Addresses as the JDK reads them; names from the list. */
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        List<String> addresses = names.get(host);
        if (addresses == null && host.endsWith(".example")) {
            throw new UnknownHostException(host);
        }
        if (addresses == null) {
            return InetAddress.getAllByName(host);
        }
        InetAddress[] found = new InetAddress[addresses.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses.get(i));
        }
        return found;
    }
}
