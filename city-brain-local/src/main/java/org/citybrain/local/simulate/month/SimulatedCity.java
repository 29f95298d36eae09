package org.citybrain.local.simulate.month;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.checkin.EndSummons;
import org.citybrain.dispatch.command.CommandEndpoint;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.deadline.SweepDeadlines;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.receipt.RecordReceipts;
import org.citybrain.local.bench.BenchCity;
import org.citybrain.local.bench.QuietDispatch;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.Topics;
import org.citybrain.migrations.ServiceLogin;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The small demo city, dispatch-service and city-brain-api, with a clock that jumps and nothing that runs by itself. */
final class SimulatedCity implements AutoCloseable {

    private static final int BATCH = 500;
    private static final int EYES = 3;
    /** Nothing runs beside the simulation: it says itself when what is due is looked at. */
    private static final String NEVER = "24000h";

    private final BenchCity city;
    private final ConfigurableApplicationContext dispatch;
    private final SimulatedApi api;
    private final HikariDataSource eyes;
    private final JumpingClock clock;
    private long nextOffset;

    private SimulatedCity(
            BenchCity city, ConfigurableApplicationContext dispatch, SimulatedApi api, JumpingClock clock) {
        this.city = city;
        this.dispatch = dispatch;
        this.api = api;
        this.eyes = eyes(city);
        this.clock = clock;
    }

    /** @param folder of its own, where its data lie */
    static SimulatedCity start(Path folder, Instant begin) {
        BenchCity city = BenchCity.load(folder, "small");
        try {
            JumpingClock clock = new JumpingClock(begin);
            new DepartmentQueries(city).register(begin);
            ConfigurableApplicationContext dispatch = startDispatch(city, clock);
            SimulatedApi api = SimulatedApi.start(city, clock, folder.resolve("evidence"), NEVER);
            SimulatedCity started = new SimulatedCity(city, dispatch, api, clock);
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

    private static HikariDataSource eyes(BenchCity city) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("eyes");
        settings.setMaximumPoolSize(EYES);
        settings.setJdbcUrl(city.jdbcUrl());
        settings.setUsername(ServiceLogin.DISPATCH.role());
        settings.setPassword(city.password(ServiceLogin.DISPATCH));
        settings.addDataSourceProperty("options", "-c plan_cache_mode=force_generic_plan");
        return new HikariDataSource(settings);
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

    /** Looks at all that is due: whom nobody could tell in time, deadlines, and summons that nobody answers. */
    void sweep() {
        api.settleReach();
        dispatch.getBean(RecordReceipts.class).record();
        dispatch.getBean(SweepDeadlines.class).sweep();
        dispatch.getBean(EndSummons.class).end();
    }

    SimulatedApi api() {
        return api;
    }

    /** The class that answers commands over HTTP, called without. */
    CommandEndpoint commands() {
        return dispatch.getBean(CommandEndpoint.class);
    }

    /** Of connections of its own, on which what people see is planned once: they look at one incident after the other. */
    DataSource source() {
        return eyes;
    }

    @Override
    public void close() {
        eyes.close();
        api.close();
        dispatch.close();
        city.close();
    }
}
