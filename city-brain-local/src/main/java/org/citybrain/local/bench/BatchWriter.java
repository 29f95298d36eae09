package org.citybrain.local.bench;

import java.util.List;
import org.citybrain.dispatch.store.PostgresBatchStore;
import org.citybrain.dispatch.store.PostgresKnownReports;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.local.bench.DecidedBatches.Batch;
import org.springframework.context.ApplicationContext;

/**
 * The product's writer of batches: each is a transaction that asks which reports are known, moves the offsets, makes the tasks and the lines of
 * the timeline out of the decisions, and copies and updates all of it.
 */
final class BatchWriter {

    private final PostgresTransactions transactions;
    private final PostgresKnownReports knownReports;
    private final PostgresBatchStore store;

    BatchWriter(ApplicationContext dispatch) {
        this.transactions = dispatch.getBean(PostgresTransactions.class);
        this.knownReports = dispatch.getBean(PostgresKnownReports.class);
        this.store = dispatch.getBean(PostgresBatchStore.class);
    }

    /** Writes those batches, in their order, that come from this partition. */
    void write(List<Batch> batches, int partition) {
        for (Batch batch : batches) {
            if (batch.ranges().getFirst().partition().partition() == partition) {
                transactions.inBatch(() -> {
                    if (!knownReports.find(batch.reportIds()).isEmpty()) {
                        throw new IllegalStateException("the batch was stored before");
                    }
                    store.store(batch.ranges(), batch.result());
                });
            }
        }
    }
}
