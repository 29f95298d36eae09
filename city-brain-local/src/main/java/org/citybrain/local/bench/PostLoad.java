package org.citybrain.local.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts requests that were made before, over connections that stay open, each the next one as soon as the last was answered. Cheap: one thread, and of an
 * answer only its status is looked at.
 */
final class PostLoad implements AutoCloseable {

    private static final int LOOK_AGAIN_MILLIS = 1;
    private static final int NO_ANSWER = 0;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<byte[]> requests;
    private final Bootstrap bootstrap;
    private final Set<Channel> idle = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile Latencies latencies = new Latencies();
    private volatile boolean posts;
    private volatile boolean isClosed;

    /** @param requests whole, with their heads */
    PostLoad(int port, int connections, List<byte[]> requests) throws InterruptedException {
        this.requests = requests;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .remoteAddress("127.0.0.1", port)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), new Answers());
                    }
                });
        for (int i = 0; i < connections; i++) {
            bootstrap.connect().sync();
        }
    }

    /** A request as it is sent. */
    static byte[] request(String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[first.length + body.length];
        System.arraycopy(first, 0, request, 0, first.length);
        System.arraycopy(body, 0, request, first.length, body.length);
        return request;
    }

    /** Posts for so long; returns when the last is answered. */
    Turn post(Duration duration) throws InterruptedException {
        Latencies counted = new Latencies();
        latencies = counted;
        posts = true;
        long began = System.nanoTime();
        List.copyOf(idle).forEach(channel -> channel.pipeline().fireUserEventTriggered(Start.POSTING));
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        posts = false;
        int answered = counted.count();
        long took = System.nanoTime() - began;
        while (underWay.get() > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        return new Turn(answered * 1e9 / took, counted);
    }

    @Override
    public void close() {
        isClosed = true;
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** What a turn came to. */
    record Turn(double perSecond, Latencies latencies) {}

    private enum Start {
        POSTING
    }

    /** One connection. Where the server closes it, as some do after so many requests, another takes its place. */
    private final class Answers extends SimpleChannelInboundHandler<HttpObject> {

        private long sentAt;
        private int status;
        private boolean ends;
        private boolean waits;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            sendOrWait(context);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the new connection tells by being active
        public void channelInactive(ChannelHandlerContext context) {
            idle.remove(context.channel());
            if (waits) {
                settled(NO_ANSWER);
            }
            if (!isClosed) {
                bootstrap.connect();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            sendOrWait(context);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what goes wrong comes to exceptionCaught
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse answer) {
                status = answer.status().code();
                ends = !HttpUtil.isKeepAlive(answer);
            }
            if (message instanceof LastHttpContent) {
                settled(status);
                if (ends) {
                    context.close(context.voidPromise());
                } else {
                    sendOrWait(context);
                }
            }
        }

        private void settled(int answered) {
            waits = false;
            latencies.add(System.nanoTime() - sentAt, answered);
            underWay.decrementAndGet();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what goes wrong comes to exceptionCaught
        private void sendOrWait(ChannelHandlerContext context) {
            if (waits || !context.channel().isActive()) {
                return;
            }
            if (!posts) {
                idle.add(context.channel());
                return;
            }
            idle.remove(context.channel());
            waits = true;
            underWay.incrementAndGet();
            byte[] request = requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
            sentAt = System.nanoTime();
            context.writeAndFlush(Unpooled.wrappedBuffer(request), context.voidPromise());
        }
    }
}
