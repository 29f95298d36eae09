package org.citybrain.intake.admit;

import static java.util.Objects.requireNonNull;
import static org.citybrain.messages.RejectionReason.BAD_DATUM;
import static org.citybrain.messages.RejectionReason.IMPOSSIBLE_VALUE;
import static org.citybrain.messages.RejectionReason.NOT_YOUR_SOURCE;
import static org.citybrain.messages.RejectionReason.OUTSIDE_CITY;
import static org.citybrain.messages.RejectionReason.OUTSIDE_SOURCE_UNITS;
import static org.citybrain.messages.RejectionReason.OVER_RATE;
import static org.citybrain.messages.RejectionReason.TIME_IN_FUTURE;
import static org.citybrain.messages.RejectionReason.TOO_LATE;
import static org.citybrain.messages.RejectionReason.TYPE_NOT_REGISTERED;
import static org.citybrain.messages.RejectionReason.UNKNOWN_SOURCE;
import static org.citybrain.messages.RejectionReason.UNKNOWN_TYPE;
import static org.citybrain.messages.RejectionReason.UNKNOWN_UNIT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.citybrain.access.limit.Allowance;
import org.citybrain.access.limit.Rate;
import org.citybrain.access.limit.RateLimit;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/**
 * Judges whether a report is admissible: collectable, fusible, processable (domain, section 3). In this order: within its
 * sender's rate, readable, in the sender's own name, from a known source, of a known type, in a known datum, at a possible
 * time, in the city. The first thing that is wrong is the reason of the refusal.
 */
public final class AdmissionGate {

    private static final int MOST_SENDERS = 100_000;

    private final AdmissionPolicy policy;
    private final AdmissionProfiles profiles;
    private final IncidentTypes types;
    private final CityMaps maps;
    private final UnitPlaces places;
    private final Supplier<UUID> newReportId;
    private final RateLimit rateLimit = new RateLimit(MOST_SENDERS);

    /** @param newReportId gives an id to a report that brings none */
    public AdmissionGate(
            AdmissionPolicy policy,
            AdmissionProfiles profiles,
            IncidentTypes types,
            CityMaps maps,
            UnitPlaces places,
            Supplier<UUID> newReportId) {
        this.policy = policy;
        this.profiles = profiles;
        this.types = types;
        this.maps = maps;
        this.places = places;
        this.newReportId = newReportId;
    }

    /** What the gate still waits for and cannot judge without. */
    public Optional<String> findWhatIsMissing() {
        if (maps.current() == null) {
            return Optional.of("the governance map is not loaded yet");
        }
        return types.current().isEmpty() ? Optional.of("the item catalogue is not loaded yet") : Optional.empty();
    }

    /**
     * Judges what was read.
     *
     * @param receivedAt now
     * @param dryRun only judge: the sender's rate is looked at, but not used up
     * @throws IllegalStateException while something {@linkplain #findWhatIsMissing is missing}
     */
    public Verdict judge(ReportReading reading, Sender sender, Instant receivedAt, boolean dryRun) {
        try {
            return new Verdict.Admitted(admit(reading, sender, receivedAt, dryRun));
        } catch (Refusal refusal) {
            return new Verdict.Refused(reading.reportId(), sender.name(), refusal.rejection(), receivedAt);
        }
    }

    /** What is left of the sender's reports. Nothing is taken. */
    public Allowance findAllowance(Sender sender, Instant now) {
        return rateLimit.look(rateKey(sender), rate(sender), now);
    }

    private ReportReceived admit(ReportReading reading, Sender sender, Instant receivedAt, boolean dryRun) {
        CityMap map = maps.current();
        if (map == null) {
            throw new IllegalStateException("the governance map is not loaded yet");
        }
        if (!reading.isBeyondLimits()) {
            checkRate(sender, receivedAt, dryRun);
        }
        Report report = reading.read();
        checkSource(report.source(), sender);
        Optional<AdmissionProfile> profile = findProfile(report.source());
        checkType(report.type(), profile);
        checkDatum(report.location(), profile);
        checkTime(report.occurredAt(), profile, receivedAt);
        Report.Location location = locate(report, sender, receivedAt);
        Datum datum = requireNonNull(location.datum());
        Position position = datum.toWgs84(requireNonNull(location.longitude()), requireNonNull(location.latitude()));
        checkPlace(position, location, profile, map);
        Report.Footprint footprint = FootprintPolygon.toWgs84(report.footprint(), datum, position);
        UUID reportId = reading.reportId();
        return new ReportReceived(
                reportId == null ? newReportId.get() : reportId,
                receivedAt,
                position,
                footprint,
                ContentDigest.of(report),
                report.at(location));
    }

    /** What cannot be read counts, too: it costs as much. */
    private void checkRate(Sender sender, Instant receivedAt, boolean dryRun) {
        Rate rate = rate(sender);
        Allowance allowance = dryRun
                ? rateLimit.look(rateKey(sender), rate, receivedAt)
                : rateLimit.take(rateKey(sender), rate, receivedAt);
        if (!allowance.granted()) {
            throw new Refusal(
                    OVER_RATE,
                    "/source/id",
                    JsonValues.quoted(sender.name()) + ", which sends too fast",
                    "at most " + rate.perSecond() + " reports a second");
        }
    }

    private Rate rate(Sender sender) {
        int perSecond = (sender.isGateway() ? profiles.find(sender.name()) : Optional.<AdmissionProfile>empty())
                .map(AdmissionProfile::reportsPerSecond)
                .orElse(policy.reportsPerSecond());
        return new Rate(perSecond, Math.toIntExact(perSecond * policy.burst().toSeconds()));
    }

    private static String rateKey(Sender sender) {
        return (sender.isGateway() ? "gateway " : "account ") + sender.name();
    }

    private static void checkSource(Report.Source source, Sender sender) {
        if (!sender.is(source)) {
            throw new Refusal(
                    NOT_YOUR_SOURCE,
                    "/source",
                    source.kind() + " " + JsonValues.quoted(source.id()),
                    sender.expectedSource());
        }
    }

    /** People need no registration: then there is no profile. */
    private Optional<AdmissionProfile> findProfile(Report.Source source) {
        if (!source.kind().isRegistered()) {
            return Optional.empty();
        }
        Optional<AdmissionProfile> profile = profiles.find(source.id());
        if (profile.isEmpty()) {
            throw new Refusal(
                    UNKNOWN_SOURCE,
                    "/source/id",
                    JsonValues.quoted(source.id()),
                    "a registered source, as its kind is " + source.kind());
        }
        return profile;
    }

    private void checkType(String type, Optional<AdmissionProfile> profile) {
        if (!types.current().contains(type)) {
            throw new Refusal(
                    UNKNOWN_TYPE,
                    "/type",
                    JsonValues.quoted(type),
                    "a code of the item catalogue, such as flood.waterlogging");
        }
        if (profile.isPresent() && !profile.get().types().contains(type)) {
            throw new Refusal(
                    TYPE_NOT_REGISTERED, "/type", JsonValues.quoted(type), "a type that the source is registered for");
        }
    }

    private static void checkDatum(Report.Location location, Optional<AdmissionProfile> profile) {
        Datum datum = location.datum();
        if (datum != null && profile.isPresent() && !profile.get().datums().contains(datum)) {
            throw new Refusal(
                    BAD_DATUM,
                    "/location/datum",
                    datum,
                    "a datum that the source is registered for: "
                            + profile.get().datums().stream().sorted().toList());
        }
    }

    private void checkTime(Instant occurredAt, Optional<AdmissionProfile> profile, Instant receivedAt) {
        Duration tolerance = profile.map(AdmissionProfile::clockTolerance).orElse(policy.clockTolerance());
        Instant latest = receivedAt.plus(tolerance);
        if (occurredAt.isAfter(latest)) {
            throw new Refusal(TIME_IN_FUTURE, "/occurredAt", occurredAt, "a time up to " + latest);
        }
        Instant earliest = receivedAt.minus(policy.oldest());
        if (occurredAt.isBefore(earliest)) {
            throw new Refusal(TOO_LATE, "/occurredAt", occurredAt, "a time from " + earliest + " on");
        }
    }

    /** With coordinates, also where an operator named a unit in the place of them: then those of its representative point. */
    private Report.Location locate(Report report, Sender sender, Instant receivedAt) {
        UnitCode unit = report.location().unitCode();
        if (unit == null) {
            return report.location();
        }
        String pointer = "/location/unitCode";
        SourceKind kind = report.source().kind();
        if (kind != SourceKind.OPERATOR) {
            throw new Refusal(
                    IMPOSSIBLE_VALUE,
                    pointer,
                    "given by a source of kind " + kind,
                    "longitude, latitude and datum; only kind OPERATOR may name a unit in their place");
        }
        if (report.footprint() != null && report.footprint().coordinates() != null) {
            throw new Refusal(
                    IMPOSSIBLE_VALUE, "/footprint", "a polygon", "radiusMeters, as a unit's code names no datum");
        }
        boolean isNamable = sender.reaches(unit) && !unit.tier().isAbove(Tier.STREET);
        Position point = (isNamable ? places.findPlace(unit, receivedAt) : Optional.<Position>empty())
                .orElseThrow(() -> new Refusal(
                        UNKNOWN_UNIT,
                        pointer,
                        unit,
                        "a street, community, grid or micro-grid that there is now, within your own unit"
                                + (sender.unit() == null ? "; you have none" : " " + sender.unit())));
        return new Report.Location(point.longitude(), point.latitude(), Datum.WGS84, unit);
    }

    private static void checkPlace(
            Position position, Report.Location location, Optional<AdmissionProfile> profile, CityMap map) {
        if (!map.covers(position)) {
            throw new Refusal(OUTSIDE_CITY, "/location", shown(location, position), "a place in the city");
        }
        if (profile.isPresent() && profile.get().units().stream().noneMatch(unit -> covers(map, unit, position))) {
            throw new Refusal(
                    OUTSIDE_SOURCE_UNITS,
                    "/location",
                    shown(location, position),
                    "a place in the units that the source is registered for: "
                            + profile.get().units());
        }
    }

    private static boolean covers(CityMap map, UnitCode unit, Position position) {
        return unit.tier() == Tier.CITY || map.covers(unit, position);
    }

    private static String shown(Report.Location location, Position position) {
        return location.longitude() + ", " + location.latitude() + " " + location.datum() + " (WGS-84 "
                + Math.round(position.longitude() * 1e6) / 1e6 + ", " + Math.round(position.latitude() * 1e6) / 1e6
                + ")";
    }
}
