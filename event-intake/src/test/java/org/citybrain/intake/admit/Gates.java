package org.citybrain.intake.admit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.UnitCode;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** A gate for tests: a square city of two districts, three incident types, some gateways, and a clock that stands still. */
final class Gates {

    static final Instant NOW = Instant.parse("2026-07-01T08:30:00Z");
    static final UUID NEW_ID = UUID.fromString("0197c1f6-0b7c-7d3e-8a51-3f0e6f1c2a4d");
    static final UnitCode WEST = new UnitCode("500101");

    /** A community in the west and one in the east, with the middle of each. */
    static final Map<UnitCode, Position> PLACES = Map.of(
            new UnitCode("500101001003"), new Position(106.25, 29.25),
            new UnitCode("500102001003"), new Position(106.75, 29.25));

    private final Map<String, AdmissionProfile> profiles = new HashMap<>();

    Gates() {
        profiles.put("gw-17", profile(Set.of(Datum.WGS84, Datum.GCJ02), new UnitCode("50"), 1_000));
        profiles.put("gw-west", profile(Set.of(Datum.WGS84), WEST, 1_000));
        profiles.put("gw-slow", profile(Set.of(Datum.WGS84), new UnitCode("50"), 2));
    }

    /** One that lets a second's worth come at once. */
    AdmissionGate gate() {
        return gate(Duration.ofSeconds(1));
    }

    AdmissionGate gate(Duration burst) {
        return gate(burst, (unit, at) -> Optional.ofNullable(PLACES.get(unit)));
    }

    AdmissionGate gate(UnitPlaces places) {
        return gate(Duration.ofSeconds(1), places);
    }

    private AdmissionGate gate(Duration burst, UnitPlaces places) {
        var policy = new AdmissionPolicy(Duration.ofDays(7), Duration.ofMinutes(2), 1_000, burst);
        CityMap map = new CityMap(1, List.of(box(106, 107)), Map.of(WEST, box(106, 106.5)));
        return new AdmissionGate(
                policy,
                id -> Optional.ofNullable(profiles.get(id)),
                () -> Set.of("flood.waterlogging", "fire.building", "city.litter"),
                () -> map,
                places,
                () -> NEW_ID);
    }

    static Verdict judge(AdmissionGate gate, String json) {
        ReportReading reading = read(json);
        return gate.judge(reading, honestSender(reading), NOW, false);
    }

    static ReportReading read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ReportReader.read(bytes, 0, bytes.length);
    }

    /** Whoever the report says it comes from; gw-17 where it does not say. */
    static Sender honestSender(ReportReading reading) {
        return reading.report() == null
                ? Sender.gateway("gw-17", Set.of(SourceKind.SENSOR))
                : new Sender(
                        reading.report().source().id(),
                        Set.of(reading.report().source().kind()),
                        WEST);
    }

    private static AdmissionProfile profile(Set<Datum> datums, UnitCode unit, int perSecond) {
        return new AdmissionProfile(
                Set.of("flood.waterlogging", "fire.building"),
                datums,
                List.of(unit),
                Duration.ofSeconds(30),
                perSecond);
    }

    private static Geometry box(double west, double east) {
        return new GeometryFactory().toGeometry(new Envelope(west, east, 29, 29.5));
    }
}
