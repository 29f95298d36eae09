package org.citybrain.dispatch.rehearse;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.citybrain.messages.Position;
import org.citybrain.messages.SourceKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The reports of a period that opened an incident or were merged into one, in the order of their receipt, all of one snapshot. */
@Component
class PostgresStoredReports {

    private static final Logger log = LoggerFactory.getLogger(PostgresStoredReports.class);

    private static final Instant EPOCH_OF_POSTGRES = Instant.parse("2000-01-01T00:00:00Z");

    /** Up to so many incidents are named in the statement; for more, all reports are read and the others passed over. */
    private static final int MOST_NAMED = 20_000;

    private static final String COUNT =
            "select count(*) from dispatch.report where {period} and outcome in ('OPENED', 'MERGED')";

    /** Expects the primary key of dispatch.report, which has this order. */
    private static final String WITHOUT_CONTENT = """
            copy (
                select received_at, report_id, incident_id, outcome = 'OPENED', source_kind, source_id, type, occurred_at,
                       st_asbinary(location, 'XDR'), grid_code
                from dispatch.report
                where {period} and outcome in ('OPENED', 'MERGED')
                order by received_at, report_id
            ) to stdout (format binary)""";

    /** Expects report_by_incident where incidents are named. */
    private static final String WITH_CONTENT = """
            copy (
                select report_id, incident_id, grid_code, report
                from dispatch.report
                where {period} and outcome in ('OPENED', 'MERGED'){incidents}
                order by received_at, report_id
            ) to stdout (format binary)""";

    private final DataSource dataSource;

    PostgresStoredReports(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Opens the reports of a period; whoever asks closes them. */
    Reading open(Period period) {
        try {
            return new Reading(PostgresCopyOut.reading(dataSource), period);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static IllegalStateException unreadable(SQLException e) {
        return new IllegalStateException("the stored reports cannot be read", e);
    }

    private static String condition(Period period) {
        String before = "received_at < timestamptz '" + period.to() + "'";
        return period.from() == null ? before : "received_at >= timestamptz '" + period.from() + "' and " + before;
    }

    private static Instant moment(long micros) {
        return EPOCH_OF_POSTGRES.plus(micros, ChronoUnit.MICROS);
    }

    /** A point as well-known binary, big-endian: one byte of order, four of the type, two doubles. */
    private static Position position(byte[] point) {
        ByteBuffer bytes = ByteBuffer.wrap(point, 5, 2 * Double.BYTES);
        return new Position(bytes.getDouble(), bytes.getDouble());
    }

    /**
     * A report as far as it matters for correlation.
     *
     * @param incidentId that it opened or became part of
     */
    record Placed(
            Instant receivedAt,
            UUID reportId,
            UUID incidentId,
            boolean opened,
            SourceKind sourceKind,
            String sourceId,
            String type,
            Instant occurredAt,
            Position position,
            String gridCode) {}

    /** @param report as it was published on report-received, JSON */
    @SuppressWarnings("ArrayRecordComponent") // the bytes as they came; records are never compared
    record Whole(UUID reportId, UUID incidentId, String gridCode, byte[] report) {}

    /** One snapshot of the reports, to be read more than once. */
    static final class Reading implements AutoCloseable {

        private final Connection connection;
        private final String period;

        private Reading(Connection connection, Period period) {
            this.connection = connection;
            this.period = condition(period);
        }

        long count() {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(COUNT.replace("{period}", period))) {
                row.next();
                return row.getLong(1);
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }

        void forEach(Consumer<Placed> take) {
            read(
                    WITHOUT_CONTENT.replace("{period}", period),
                    row -> take.accept(new Placed(
                            moment(row.int8()),
                            row.uuid(),
                            row.uuid(),
                            row.bool(),
                            SourceKind.valueOf(row.text()),
                            row.text(),
                            row.text(),
                            moment(row.int8()),
                            position(row.bytes()),
                            row.text())));
        }

        /** The reports of these incidents, and where they are many, of others as well. */
        void forEachOf(Collection<UUID> incidents, Consumer<Whole> take) {
            String named = incidents.size() > MOST_NAMED
                    ? ""
                    : incidents.stream()
                            .map(UUID::toString)
                            .collect(Collectors.joining(",", " and incident_id = any ('{", "}'::uuid[])"));
            read(
                    WITH_CONTENT.replace("{period}", period).replace("{incidents}", named),
                    row -> take.accept(new Whole(row.uuid(), row.uuid(), row.text(), row.bytes())));
        }

        private void read(String statement, Consumer<CopiedRow> take) {
            try {
                PostgresCopyOut.read(connection, statement, take);
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }

        /** The pool rolls back what is open. */
        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("a connection that was cut off is closed: {}", e.getMessage());
            }
        }
    }
}
