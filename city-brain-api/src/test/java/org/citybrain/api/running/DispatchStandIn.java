package org.citybrain.api.running;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A small real HTTP server that answers in the place of dispatch-service, or of another one, as it is told to. */
public final class DispatchStandIn implements AutoCloseable {

    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean silent;
    private volatile int status;
    private volatile String body = "";
    private volatile String lastRequest = "";
    private volatile String lastBody = "";
    private volatile String lastTraceParent = "";
    private volatile Headers lastHeaders = new Headers();
    private volatile String etag = "";

    public DispatchStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void answer(int status, String body) {
        this.silent = false;
        this.status = status;
        this.body = body;
    }

    /** What the following answers carry as their ETag; none where it is empty. */
    public void tag(String value) {
        this.etag = value;
    }

    /** A header of the last request; empty where it had none. */
    public String lastHeader(String name) {
        String value = lastHeaders.getFirst(name);
        return value == null ? "" : value;
    }

    public void keepSilent() {
        this.silent = true;
    }

    public void forget() {
        lastRequest = "";
    }

    public String lastRequest() {
        return lastRequest;
    }

    public String lastBody() {
        return lastBody;
    }

    public String lastTraceParent() {
        return lastTraceParent;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        lastHeaders = exchange.getRequestHeaders();
        lastTraceParent = String.valueOf(exchange.getRequestHeaders().getFirst("traceparent"));
        lastRequest = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        if (silent) {
            waitUntilClosed();
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status == 200 ? "application/json" : "application/problem+json");
        if (!etag.isEmpty()) {
            exchange.getResponseHeaders().set("ETag", etag);
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void waitUntilClosed() {
        try {
            closing.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
