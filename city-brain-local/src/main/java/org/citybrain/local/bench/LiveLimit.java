package org.citybrain.local.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the live stream of city-brain-api is measured against, in a process of its own: a bare Netty server that tells the readers of the same units the same events
 * at the same pace. It knows beforehand what it will tell whom, as bytes: nothing is read from a database, no JSON is made, nobody's reach or token is looked at, and
 * nobody who is slow is cut off. Told by lines on its standard input, and answers by lines.
 */
public final class LiveLimit {

    /** The last part of it is the unit. */
    static final String PATH = "/v1/stream/";

    /** As often as city-brain-api looks for what is new. */
    private static final long TICK_MILLIS = 100;

    private static final String START = "event: start\ndata: {}\n\n";

    private final Path file;
    /** By unit those that one thread of Netty's serves, which alone looks at them. */
    private final Map<EventLoop, Map<String, List<Channel>>> readers = new ConcurrentHashMap<>();

    private final NavigableMap<Long, List<Loaded>> ticks = new TreeMap<>();

    /** @param file with a {@link Recording} */
    LiveLimit(Path file) {
        this.file = file;
    }

    /** {@code PORT FILE}. Told {@code load}, it reads the file and answers how many events are in it; {@code tell}: tells them and answers how many it wrote. */
    public static void main(String[] arguments) throws Exception {
        LiveLimit limit = new LiveLimit(Path.of(arguments[1]));
        limit.serve(Integer.parseInt(arguments[0]));
        ChildJvm.answer(order -> order.getFirst().equals("load") ? limit.load() : limit.tell());
        System.exit(0);
    }

    void serve(int port) throws InterruptedException {
        BareNetty.serve(port, Subscribe::new);
    }

    /** Reads what is to be told next; how many events it is. */
    long load() throws IOException {
        ticks.values().forEach(tick -> tick.forEach(told -> told.bytes().release()));
        ticks.clear();
        Recording recording = Recording.read(file);
        for (Recording.Told told : recording.told()) {
            byte[] bytes = told.event().getBytes(StandardCharsets.UTF_8);
            ticks.computeIfAbsent(told.millis() / TICK_MILLIS, tick -> new ArrayList<>())
                    .add(new Loaded(
                            told.unit(), Unpooled.directBuffer(bytes.length).writeBytes(bytes)));
        }
        return recording.told().size();
    }

    /** Tells it all, at the pace at which it was told before; how many events were written. */
    long tell() throws InterruptedException {
        LongAdder written = new LongAdder();
        long began = System.nanoTime();
        for (Map.Entry<Long, List<Loaded>> tick : ticks.entrySet()) {
            long due = began + TimeUnit.MILLISECONDS.toNanos(tick.getKey() * TICK_MILLIS);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            readers.forEach((loop, ofUnits) -> loop.execute(() -> written.add(tell(tick.getValue(), ofUnits))));
        }
        readers.keySet().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
        return written.sum();
    }

    /** Each event is written by itself; each connection is flushed once. */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // a void promise: what goes wrong ends the connection, which its reader notices
    private static long tell(List<Loaded> events, Map<String, List<Channel>> ofUnits) {
        long written = 0;
        for (Loaded event : events) {
            List<Channel> of = ofUnits.getOrDefault(event.unit(), List.of());
            for (Channel reader : of) {
                reader.write(new DefaultHttpContent(event.bytes().retainedDuplicate()), reader.voidPromise());
            }
            written += of.size();
        }
        events.stream()
                .map(Loaded::unit)
                .distinct()
                .forEach(unit -> ofUnits.getOrDefault(unit, List.of()).forEach(Channel::flush));
        return written;
    }

    /** An event, outside of the heap, from where it is sent without being copied. */
    private record Loaded(String unit, ByteBuf bytes) {}

    /** One connection. */
    private final class Subscribe extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what goes wrong comes to exceptionCaught
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_EVENT_STREAM)
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            context.write(head, context.voidPromise());
            context.writeAndFlush(
                    new DefaultHttpContent(Unpooled.copiedBuffer(START, StandardCharsets.US_ASCII)),
                    context.voidPromise());
            readers.computeIfAbsent(context.channel().eventLoop(), loop -> new HashMap<>())
                    .computeIfAbsent(request.uri().substring(PATH.length()), unit -> new ArrayList<>())
                    .add(context.channel());
        }
    }
}
