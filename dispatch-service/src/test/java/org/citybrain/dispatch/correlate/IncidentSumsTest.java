package org.citybrain.dispatch.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.citybrain.dispatch.ReportBuilder;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** What an incident adds up over its reports, however they come together. */
class IncidentSumsTest {

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();
    private static final Instant TEN = Instant.parse("2026-07-01T10:00:00Z");

    record Given(int grid, @Nullable Long people, @Nullable Long loss, int meters, int source, int minutes) {}

    @Provide
    Arbitrary<Given> reports() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.longs().between(0, 2_000).injectNull(0.4),
                        Arbitraries.longs().between(0, 9_000_000).injectNull(0.6),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(-60, 60))
                .as(Given::new);
    }

    @Property(tries = 200)
    void two_incidents_merged_add_up_to_what_one_of_all_reports_would(
            @ForAll @Size(min = 1, max = 6) List<@From("reports") Given> these,
            @ForAll @Size(min = 1, max = 6) List<@From("reports") Given> those) {
        List<LocatedReport> first = located(these);
        List<LocatedReport> second = located(those);
        List<LocatedReport> all = new ArrayList<>(first);
        all.addAll(second);

        Incident merged = incident(first);
        merged.absorb(incident(second));

        assertSame(merged, incident(all));
    }

    @Property(tries = 200)
    void what_is_left_after_a_split_adds_up_as_if_it_had_always_been_alone(
            @ForAll @Size(min = 2, max = 8) List<@From("reports") Given> given) {
        List<LocatedReport> all = located(given);
        List<LocatedReport> left = all.subList(0, all.size() / 2);

        Incident before = incident(all);
        Incident remaining = before.recounted(left, List.of(), before.place());

        assertSame(remaining, incident(left));
        assertThat(remaining.id()).isEqualTo(before.id());
    }

    private static void assertSame(Incident one, Incident other) {
        assertThat(one.reportCount()).isEqualTo(other.reportCount());
        assertThat(one.sources()).isEqualTo(other.sources());
        assertThat(one.peopleReported()).isEqualTo(other.peopleReported());
        assertThat(one.lossYuan()).isEqualTo(other.lossYuan());
        assertThat(one.nothingKnown()).isEqualTo(other.nothingKnown());
        assertThat(one.firstOccurredAt()).isEqualTo(other.firstOccurredAt());
        assertThat(one.lastOccurredAt()).isEqualTo(other.lastOccurredAt());
        assertThat(area(one.footprint())).isCloseTo(area(other.footprint()), offset(1e-12));
        assertThat(area(one.uncountedFootprint())).isCloseTo(area(other.uncountedFootprint()), offset(1e-12));
    }

    private static double area(@Nullable Geometry geometry) {
        return geometry == null ? -1 : geometry.getArea();
    }

    private static Incident incident(List<LocatedReport> reports) {
        return Incident.splitOff(new UUID(1, reports.size()), reports, 7);
    }

    private static List<LocatedReport> located(List<Given> given) {
        return given.stream().map(IncidentSumsTest::located).toList();
    }

    private static LocatedReport located(Given given) {
        ReportBuilder builder = ReportBuilder.report()
                .inGrid(given.grid())
                .from(SourceKind.SENSOR, "gw-" + given.source())
                .receivedAt(TEN)
                .occurredAt(TEN.plusSeconds(60L * given.minutes()));
        if (given.people() != null) {
            builder.people(given.people());
        }
        if (given.loss() != null) {
            builder.lossYuan(given.loss());
        }
        ReportReceived received = builder.received();
        ConsumedReport consumed = new ConsumedReport(
                Topics.REPORT_RECEIVED,
                0,
                0,
                "gw-" + given.source(),
                TEN,
                null,
                received,
                null,
                new RecordHeaders(),
                new byte[0]);
        Geometry footprint = given.meters() == 0
                ? null
                : GEOMETRIES
                        .createPoint(new Coordinate(SquareCity.longitudeOf(given.grid()), SquareCity.latitude()))
                        .buffer(given.meters() / 111_000.0);
        return new LocatedReport(consumed, SquareCity.grids().get(given.grid()), footprint);
    }
}
