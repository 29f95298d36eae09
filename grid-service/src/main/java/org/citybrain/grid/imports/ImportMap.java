package org.citybrain.grid.imports;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.version.MapVersion;
import org.citybrain.grid.version.PostgisMapVersions;
import org.citybrain.grid.version.PostgresMapLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a boundary file as the next version of the map, whole or not at all, one at a time. */
@Component
class ImportMap {

    private static final Logger LOG = LoggerFactory.getLogger(ImportMap.class);

    private final PostgresMapLock lock;
    private final PostgisMapVersions versions;
    private final JudgeImport judge;
    private final WriteVersion write;
    private final AuditTrail audit;
    private final Clock clock;

    ImportMap(
            PostgresMapLock lock,
            PostgisMapVersions versions,
            JudgeImport judge,
            WriteVersion write,
            AuditTrail audit,
            Clock clock) {
        this.lock = lock;
        this.versions = versions;
        this.judge = judge;
        this.write = write;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @throws ImportRefused with the report, if anything is wrong with the file
     * @throws RequestProblem {@code MAP_BEING_CHANGED}
     */
    ImportReport take(ImportRequest request, InputStream file) {
        ImportReport report = lock.tryHolding(() -> takeAlone(request, file));
        if (report == null) {
            throw new RequestProblem(
                    ProblemReason.MAP_BEING_CHANGED,
                    "the map",
                    "being changed",
                    "one change at a time: come again later");
        }
        if (!report.accepted()) {
            throw new ImportRefused(report);
        }
        return report;
    }

    private ImportReport takeAlone(ImportRequest request, InputStream file) {
        long began = System.nanoTime();
        write.forgetLeftOver();
        JudgeImport.Judged judged =
                tooEarly(request).map(JudgeImport.Judged::refused).orElseGet(() -> judge.judge(request, file));
        if (!judged.problems().isEmpty()) {
            return refused(request, judged);
        }
        String sha256 = String.valueOf(judged.sha256());
        ImportReport.Units units = judged.map().count();
        boolean nothingNew = units.equals(ImportReport.Units.NONE);
        Long version = request.dryRun() || nothingNew
                ? null
                : Long.valueOf(write.write(judged.map(), request, sha256, clock.instant()));
        LOG.info(
                "Import of {} features {}: {} after {} ms",
                judged.file().features().size(),
                version == null ? "tried" : "is map version " + version,
                units,
                Duration.ofNanos(System.nanoTime() - began).toMillis());
        return report(request, judged, version, units);
    }

    private Optional<ImportProblem> tooEarly(ImportRequest request) {
        return versions.findNewest()
                .map(MapVersion::effectiveFrom)
                .filter(newest -> !request.effectiveFrom().isAfter(newest))
                .map(newest -> ImportProblem.of(
                        ImportReason.NOT_LATER,
                        null,
                        "effectiveFrom is " + request.effectiveFrom() + ": expected a moment after " + newest
                                + ", from when the newest version of the map holds"));
    }

    private ImportReport refused(ImportRequest request, JudgeImport.Judged judged) {
        ImportReport report = report(request, judged, null, ImportReport.Units.NONE);
        ImportProblem first = report.problems().getFirst();
        LOG.info(
                "Import refused for {} problems, the first: {} {}",
                report.problemCount(),
                first.reason(),
                first.detail());
        if (!request.dryRun()) {
            AuditLine line = AuditLine.done(
                    "map.import",
                    "none",
                    Map.of(
                            "problems",
                            report.problemCount(),
                            "first",
                            first.reason().name()));
            audit.write(new AuditLine(
                    line.actor(),
                    line.roles(),
                    line.unit(),
                    line.action(),
                    line.object(),
                    line.origin(),
                    "REFUSED:" + ProblemReason.IMPORT_REFUSED,
                    line.detail()));
        }
        return report;
    }

    private static ImportReport report(
            ImportRequest request, JudgeImport.Judged judged, @Nullable Long version, ImportReport.Units units) {
        ImportProblems problems = judged.problems();
        return new ImportReport(
                problems.isEmpty(),
                request.dryRun(),
                version,
                request.effectiveFrom(),
                judged.sha256(),
                units,
                judged.file().repaired(),
                judged.file().repairedCount(),
                problems.told(),
                problems.count());
    }
}
