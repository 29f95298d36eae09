package org.citybrain.local.simulate.month;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.command.CommandEndpoint;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.deadline.SweepDeadlines;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.local.bench.BenchCity;
import org.citybrain.local.bench.QuietDispatch;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.Topics;
import org.citybrain.migrations.ServiceLogin;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The small demo city and dispatch-service, with a clock that jumps and nothing that runs by itself. */
final class SimulatedCity implements AutoCloseable {

    private static final int BATCH = 500;

    private final BenchCity city;
    private final ConfigurableApplicationContext dispatch;
    private final JumpingClock clock;
    private long nextOffset;

    private SimulatedCity(BenchCity city, ConfigurableApplicationContext dispatch, JumpingClock clock) {
        this.city = city;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** @param folder of its own, where its data lie */
    static SimulatedCity start(Path folder, Instant begin) {
        BenchCity city = BenchCity.load(folder, "small");
        try {
            JumpingClock clock = new JumpingClock(begin);
            SimulatedCity started = new SimulatedCity(city, startDispatch(city, clock), clock);
            started.dispatch.getBean(CurrentMap.class).renew();
            started.dispatch
                    .getBean(StoredOffsets.class)
                    .findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
            return started;
        } catch (RuntimeException failure) {
            city.close();
            throw failure;
        }
    }

    private static ConfigurableApplicationContext startDispatch(BenchCity city, Clock clock) {
        return QuietDispatch.start(
                city.jdbcUrl(),
                city.password(ServiceLogin.DISPATCH),
                context -> ((GenericApplicationContext) context)
                        .registerBean("jumpingClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)));
    }

    void jumpTo(Instant moment) {
        clock.set(moment);
    }

    Instant now() {
        return clock.instant();
    }

    /** Puts reports through the pipeline, in batches, as the listener would. */
    void report(List<ReportReceived> reports) {
        ReadReports read = dispatch.getBean(ReadReports.class);
        DispatchPipeline pipeline = dispatch.getBean(DispatchPipeline.class);
        for (int from = 0; from < reports.size(); from += BATCH) {
            List<ConsumedReport> batch = new ArrayList<>();
            for (ReportReceived report : reports.subList(from, Math.min(from + BATCH, reports.size()))) {
                batch.add(read.read(QuietDispatch.polled(report, 0, nextOffset++)));
            }
            pipeline.process(batch);
        }
    }

    /** Looks at all that is due. */
    int sweep() {
        return dispatch.getBean(SweepDeadlines.class).sweep();
    }

    /** The class that answers commands over HTTP, called without. */
    CommandEndpoint commands() {
        return dispatch.getBean(CommandEndpoint.class);
    }

    DataSource source() {
        return dispatch.getBean(DataSource.class);
    }

    @Override
    public void close() {
        dispatch.close();
        city.close();
    }
}
