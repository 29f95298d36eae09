package org.citybrain.access.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.citybrain.access.limit.LimitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tomcat as every service has it, before an endpoint that reads no body. */
@Timeout(20)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"city-brain.access.limit.body-patience=1s", "server.tomcat.connection-timeout=10s"})
class ContainerTest {

    @LocalServerPort
    private int port;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class
    })
    @EnableConfigurationProperties(LimitSettings.class)
    @Import({ContainerConfiguration.class, Endpoint.class})
    static class Service {}

    @RestController
    static class Endpoint {
        @PostMapping("/unread")
        String answerWithoutReading() {
            return "answered";
        }

        @GetMapping("/broken")
        String fail() {
            throw new IllegalStateException("a secret of ours");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1_000_000})
    void a_body_that_nobody_reads_is_dropped_and_the_connection_goes_on(int bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 2; i++) {
                write(out, "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes + "\r\n\r\n");
                write(out, "x".repeat(bytes));

                assertThat(readUntil(socket, "answered")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void a_body_that_trickles_in_holds_its_connection_no_longer_than_a_body_may_take() throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            write(out, "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");

            assertThat(readUntil(socket, "answered")).startsWith("HTTP/1.1 200");
            Thread.ofVirtual().start(() -> trickle(out));
            assertThat(readToEnd(socket)).isEmpty();
        }
    }

    @Test
    void what_tomcat_refuses_is_a_problem() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            write(socket.getOutputStream(), "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(readToEnd(socket))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"reason\":\"MALFORMED_REQUEST\"")
                    .doesNotContain("<");
        }
    }

    @Test
    void what_fails_is_a_problem_that_does_not_tell_why() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            write(
                    socket.getOutputStream(),
                    "GET /broken HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n\r\n");

            assertThat(readToEnd(socket))
                    .startsWith("HTTP/1.1 500")
                    .contains("application/problem+json", "\"reason\":\"INTERNAL_SERVER_ERROR\"")
                    .doesNotContain("secret", "Exception");
        }
    }

    private static void trickle(OutputStream out) {
        try {
            while (true) {
                write(out, "x");
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException closed) {
            // as it should be
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private static String readToEnd(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }
}
