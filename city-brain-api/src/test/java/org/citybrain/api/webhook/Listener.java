package org.citybrain.api.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A subscriber's own system: a small real HTTP server that answers as it is told to and keeps what it was sent. */
final class Listener implements AutoCloseable {

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile int status = 204;
    private volatile boolean silent;
    private volatile boolean endless;
    private volatile boolean cut;

    /** One request. */
    record Heard(String path, Headers headers, String body) {

        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    Listener() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    void answer(int status) {
        this.status = status;
    }

    void keepSilent() {
        this.silent = true;
    }

    /** Answers with a body that never ends. */
    void answerEndlessly() {
        this.status = 200;
        this.endless = true;
    }

    /** Whether somebody would read no more of an endless body. */
    boolean wasCut() {
        return cut;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.add(new Heard(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
        if (silent) {
            waitUntilClosed();
        }
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        if (endless) {
            drip(exchange);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        try {
            while (!closing.await(5, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        } catch (IOException nobodyReads) {
            cut = true;
            throw nobodyReads;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitUntilClosed() {
        try {
            closing.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
