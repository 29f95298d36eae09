package org.citybrain.dispatch.locate;

import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A report with its place on the governance map.
 *
 * @param gridCode the grid that it lies in
 * @param footprint polygons in WGS-84; absent where the report gave none
 */
public record LocatedReport(
        ConsumedReport consumed, String gridCode, @Nullable Geometry footprint) {

    public ReportReceived received() {
        return consumed.get();
    }

    public Report report() {
        return received().report();
    }
}
