package org.citybrain.dispatch.consume;

import java.util.List;

/** What is done with a batch of reports. */
@FunctionalInterface
public interface ProcessReports {

    /**
     * Processes a batch wholly, together with its offsets, or not at all.
     *
     * @param reports in the order of each partition's offsets, without holes
     * @throws StaleOffsets if another instance has been given these partitions and has moved on
     */
    void process(List<ConsumedReport> reports);
}
