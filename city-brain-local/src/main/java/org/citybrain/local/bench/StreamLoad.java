package org.citybrain.local.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Follows live streams as screens do, over connections that stay open. Cheap: one thread for all, and of an event only its kind and the age of its line are looked
 * at.
 */
final class StreamLoad implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final int port;
    private final Set<String> recorded = new HashSet<>();
    private volatile Turn turn = new Turn();
    private volatile String trouble = "";
    private volatile boolean isClosed;

    StreamLoad(int port) {
        this.port = port;
    }

    /** Opens one stream after the other; returns when all have begun. */
    void open(List<Screen> screens) throws InterruptedException, ExecutionException, TimeoutException {
        for (Screen screen : screens) {
            Reader reader = new Reader(screen, recorded.add(screen.unit()));
            new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline().addLast(new HttpClientCodec(), reader);
                        }
                    })
                    .connect("127.0.0.1", port)
                    .sync();
            reader.begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What comes from now on is of a new turn. */
    Turn begin() {
        Turn next = new Turn();
        turn = next;
        return next;
    }

    /** @throws IllegalStateException if a stream has ended: what is measured would not be what is said */
    void requireAll() {
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(trouble);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /**
     * One reader.
     *
     * @param unit whose reach the reader has
     * @param path of the stream
     * @param token of the reader
     */
    record Screen(String unit, String path, String token) {}

    /** What all readers were told of incidents and tasks since the turn began. */
    static final class Turn {

        private final long began = System.nanoTime();
        private final Latencies ages = new Latencies();
        private final Queue<Recording.Told> recorded = new ConcurrentLinkedQueue<>();
        private final AtomicLong told = new AtomicLong();
        private volatile long lastAt = began;

        long told() {
            return told.get();
        }

        /** How long nobody has been told anything. */
        Duration silence() {
            return Duration.ofNanos(System.nanoTime() - lastAt);
        }

        /** How old the lines of timelines were when readers had them. */
        Latencies ages() {
            return ages;
        }

        Recording recording() {
            return new Recording(List.copyOf(recorded));
        }

        private void take(ServerSentEvent event, String unit, boolean records) {
            boolean isIncident = event.is("incident");
            if (!isIncident && !event.is("task")) {
                return;
            }
            long now = System.nanoTime();
            if (isIncident) {
                ages.add(Duration.between(event.recordedAt(), Instant.now()).toNanos(), 0);
            }
            if (records) {
                recorded.add(new Recording.Told(unit, (int) TimeUnit.NANOSECONDS.toMillis(now - began), event.text()));
            }
            lastAt = now;
            told.incrementAndGet();
        }
    }

    private final class Reader extends SimpleChannelInboundHandler<HttpObject> {

        private final Screen screen;
        private final boolean records;
        private final CutEvents events = new CutEvents(this::take);
        private final CompletableFuture<Screen> begun = new CompletableFuture<>();

        /** @param records one reader of each unit does, for all of it */
        Reader(Screen screen, boolean records) {
            this.screen = screen;
            this.records = records;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what goes wrong comes to exceptionCaught
        public void channelActive(ChannelHandlerContext context) {
            DefaultFullHttpRequest request =
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, screen.path());
            request.headers()
                    .set(HttpHeaderNames.HOST, "127.0.0.1")
                    .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + screen.token());
            context.writeAndFlush(request, context.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse answer && !answer.status().equals(HttpResponseStatus.OK)) {
                end("was answered " + answer.status());
            }
            if (message instanceof HttpContent piece) {
                byte[] bytes = new byte[piece.content().readableBytes()];
                piece.content().readBytes(bytes);
                events.take(bytes);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end("was cut off");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end("broke: " + cause);
        }

        private void take(ServerSentEvent event) {
            if (event.is("start")) {
                begun.complete(screen);
            } else if (event.is("end")) {
                end("was ended: " + event.text().strip());
            } else {
                turn.take(event, screen.unit(), records);
            }
        }

        private void end(String how) {
            if (!isClosed && trouble.isEmpty()) {
                trouble = "the stream of a reader of " + screen.unit() + " " + how;
                begun.completeExceptionally(new IOException(trouble));
            }
        }
    }
}
