package org.citybrain.local.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.tools.ProducerPerformance;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;

/**
 * What event-intake is measured against, in a process of its own: a bare Netty server that sends a record of the same size, with the same headers and the
 * producer's same settings, and answers when it is acknowledged, but reads, checks and knows nothing; Kafka's own ProducerPerformance; and parsing alone.
 * Told by lines on its standard input, and answers by lines.
 */
public final class IntakeLimits {

    static final String TOPIC = "bench-limit";

    private static final int KEYS = 64;
    private static final Pattern RATE = Pattern.compile("records sent, ([0-9.]+) records/sec");

    private final String kafka;
    private final Path payload;
    private final List<byte[]> lines = new ArrayList<>();

    private IntakeLimits(String kafka, Path payload) {
        this.kafka = kafka;
        this.payload = payload;
    }

    /**
     * {@code KAFKA PORT PAYLOAD REPORTS EXTRA}: the broker; where the server listens; a file with a record's value on each line; one with a report on each line;
     * how many bytes a record's value is longer than its report.
     */
    public static void main(String[] arguments) throws Exception {
        IntakeLimits limits = new IntakeLimits(arguments[0], Path.of(arguments[2]));
        Files.readAllLines(Path.of(arguments[3]))
                .forEach(line -> limits.lines.add(line.getBytes(StandardCharsets.UTF_8)));
        limits.serve(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[4]));
        ChildJvm.answer(order -> {
            int number = Integer.parseInt(order.getLast());
            return order.getFirst().equals("produce") ? limits.produce(number) : limits.parse(number);
        });
        System.exit(0);
    }

    /** Records a second of ProducerPerformance, as it says itself. */
    private double produce(int records) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ProducerPerformance.main(new String[] {
                "--topic",
                TOPIC,
                "--num-records",
                Integer.toString(records),
                "--throughput",
                "-1",
                "--payload-file",
                payload.toString(),
                "--producer-props",
                "bootstrap.servers=" + kafka,
                "acks=all",
                "compression.type=lz4",
                "linger.ms=5",
                "batch.size=65536"
            });
        } finally {
            System.setOut(before);
        }
        double perSecond = 0;
        Matcher rate = RATE.matcher(printed.toString(StandardCharsets.UTF_8));
        while (rate.find()) {
            perSecond = Double.parseDouble(rate.group(1));
        }
        return perSecond;
    }

    /** Reports a second that are read from their JSON, in as many threads as event-intake is posted to. */
    private double parse(int millis) throws Exception {
        AtomicLong parsed = new AtomicLong();
        long began = System.nanoTime();
        long until = began + millis * 1_000_000L;
        InParallel.run(IntakeBench.BATCH_CONNECTIONS, thread -> {
            long done = 0;
            while (System.nanoTime() < until) {
                for (byte[] line : lines) {
                    if (MessageJson.MAPPER.readValue(line, Report.class).type().isEmpty()) {
                        throw new IOException("a report has no type");
                    }
                }
                done += lines.size();
            }
            parsed.addAndGet(done);
        });
        return parsed.get() / ((System.nanoTime() - began) / 1e9);
    }

    private void serve(int port, int extra) throws InterruptedException {
        KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "acks",
                        "all",
                        "compression.type",
                        "lz4",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        2,
                        "batch.size",
                        65_536),
                new StringSerializer(),
                new ByteArraySerializer());
        AtomicInteger keys = new AtomicInteger();
        BareNetty.serve(port, () -> new Produce(producer, extra, keys));
    }

    /** A request's body, longer by what the product adds to it, becomes a record; its acknowledgement becomes the answer. */
    private static final class Produce extends SimpleChannelInboundHandler<FullHttpRequest> {

        private static final byte[] ANSWER =
                "{\"reportId\":\"00000000-0000-0000-0000-000000000000\",\"receivedAt\":\"2026-01-01T00:00:00.000Z\",\"statusUrl\":\"http://127.0.0.1/v1/reports/00000000-0000-0000-0000-000000000000?at=0:0\"}"
                        .getBytes(StandardCharsets.US_ASCII);

        private final KafkaProducer<String, byte[]> producer;
        private final int extra;
        private final AtomicInteger keys;

        Produce(KafkaProducer<String, byte[]> producer, int extra, AtomicInteger keys) {
            this.producer = producer;
            this.extra = extra;
            this.keys = keys;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would tell
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            ByteBuf body = request.content();
            int length = body.readableBytes();
            byte[] value = new byte[length + extra];
            body.readBytes(value, 0, length);
            System.arraycopy(value, 0, value, length, Math.min(length, extra));
            producer.send(
                    new ProducerRecord<>(
                            TOPIC, null, Integer.toString(keys.getAndIncrement() % KEYS), value, headers()),
                    (metadata, failure) -> answer(
                            context,
                            failure == null ? HttpResponseStatus.ACCEPTED : HttpResponseStatus.SERVICE_UNAVAILABLE));
        }

        private static Headers headers() {
            RecordHeaders headers = new RecordHeaders();
            for (Map.Entry<String, String> header : Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", "00000000-0000-0000-0000-000000000000",
                            "ce_source", "/event-intake/sources/bench-intake",
                            "ce_type", "citybrain.report-received.v1",
                            "ce_time", "2026-01-01T00:00:00.000Z",
                            "ce_traceparent", "00-00000000000000000000000000000000-0000000000000000-01",
                            "content-type", "application/json")
                    .entrySet()) {
                headers.add(header.getKey(), header.getValue().getBytes(StandardCharsets.US_ASCII));
            }
            return headers;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a void promise: what goes wrong comes to exceptionCaught
        private static void answer(ChannelHandlerContext context, HttpResponseStatus status) {
            DefaultFullHttpResponse answer =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(ANSWER));
            answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, ANSWER.length);
            context.writeAndFlush(answer, context.voidPromise());
        }
    }
}
