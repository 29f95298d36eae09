package org.citybrain.local.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;

/** Made-up reports as event-intake would pass them on: what dispatch-service is given where neither HTTP nor Kafka is to be measured. */
final class MadeUpBatches {

    static final int PARTITIONS = 2;

    private static final String SOURCE = "bench";
    private static final String DIGEST = "00000000000000ff";

    private static final String GRIDS = """
            select code, st_x(representative_point) as longitude, st_y(representative_point) as latitude
            from grid.unit_view
            where tier = 'GRID' and valid_from <= now() and (valid_to is null or valid_to > now())
            order by code
            """;

    private final MadeUpReports reports;

    MadeUpBatches(List<Place> grids, int matters) {
        this.reports = new MadeUpReports(SOURCE, grids, matters);
    }

    /** The grids of the map in a database. */
    static List<Place> grids(Connection connection) throws SQLException {
        List<Place> grids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(GRIDS)) {
            while (row.next()) {
                grids.add(new Place(row.getString("code"), row.getDouble("longitude"), row.getDouble("latitude")));
            }
        }
        return grids;
    }

    /** The next reports, in batches; each of them opens an incident. */
    List<List<ReportReceived>> next(int count) {
        Instant now = Instant.now();
        List<List<ReportReceived>> batches = new ArrayList<>();
        for (String body : reports.next(count, 1)) {
            batches.add(body.lines().map(line -> received(line, now)).toList());
        }
        return batches;
    }

    static ReportReceived received(String line, Instant receivedAt) {
        Report report = MessageJson.MAPPER.readValue(line, Report.class);
        return new ReportReceived(
                // Another one each time: the same matters may be reported again.
                UUID.randomUUID(),
                receivedAt,
                new Position(
                        Objects.requireNonNull(report.location().longitude()),
                        Objects.requireNonNull(report.location().latitude())),
                null,
                DIGEST,
                report);
    }
}
