package org.citybrain.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aopalliance.intercept.MethodInterceptor;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.store.BatchResult;
import org.citybrain.dispatch.store.OffsetRange;
import org.citybrain.dispatch.store.PostgresBatchStore;
import org.citybrain.messages.ReportReceived;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What dispatch-service has decided about batches of made-up reports, kept at the moment at which it would be stored: so that storing can be
 * measured by itself, again and again.
 */
final class DecidedBatches implements BeanPostProcessor {

    private final List<Batch> batches = new ArrayList<>();
    private boolean keeps;

    /** To be given to the service before it starts. */
    void watch(ConfigurableApplicationContext starting) {
        starting.getBeanFactory().addBeanPostProcessor(this);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof PostgresBatchStore)) {
            return bean;
        }
        ProxyFactory proxies = new ProxyFactory(bean);
        proxies.setProxyTargetClass(true);
        proxies.addAdvice((MethodInterceptor) call -> {
            if (keeps && call.getArguments()[1] instanceof BatchResult result) {
                batches.add(new Batch(Batch.ranges(call.getArguments()[0]), result));
                // The method returns nothing, so nobody sees this.
                return result;
            }
            return call.proceed();
        });
        return proxies.getProxy();
    }

    /** Has the service decide about reports, in batches of turns of two partitions; nothing of it is stored. */
    List<Batch> decide(ConfigurableApplicationContext dispatch, List<List<ReportReceived>> reports) {
        ReadReports read = dispatch.getBean(ReadReports.class);
        DispatchPipeline pipeline = dispatch.getBean(DispatchPipeline.class);
        long[] offsets = new long[MadeUpBatches.PARTITIONS];
        batches.clear();
        keeps = true;
        for (int i = 0; i < reports.size(); i++) {
            int partition = i % MadeUpBatches.PARTITIONS;
            List<ConsumedReport> batch = new ArrayList<>();
            for (ReportReceived report : reports.get(i)) {
                batch.add(read.read(QuietDispatch.polled(report, partition, offsets[partition]++)));
            }
            pipeline.process(batch);
        }
        keeps = false;
        return List.copyOf(batches);
    }

    /**
     * A batch before it is stored.
     *
     * @param ranges of the partitions that it comes from; one in a benchmark
     */
    record Batch(List<OffsetRange> ranges, BatchResult result) {

        Batch {
            ranges = List.copyOf(ranges);
        }

        List<UUID> reportIds() {
            return result.settlements().stream()
                    .map(settlement -> settlement.consumed().get().reportId())
                    .toList();
        }

        private static List<OffsetRange> ranges(Object argument) {
            return ((List<?>) argument).stream().map(OffsetRange.class::cast).toList();
        }
    }
}
