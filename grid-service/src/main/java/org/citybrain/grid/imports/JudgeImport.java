package org.citybrain.grid.imports;

import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** What a file would make of the map: read → plan → draw → check. Nothing is written; what is wrong is noted, and ends it. */
@Component
@EnableConfigurationProperties(ImportSettings.class)
class JudgeImport {

    private static final Logger LOG = LoggerFactory.getLogger(JudgeImport.class);

    private final PostgisUnitsBefore store;
    private final ImportSettings settings;

    JudgeImport(PostgisUnitsBefore store, ImportSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * @param map as it would be; of no meaning where there are problems
     * @param sha256 of the file; null where it was not read to its end
     */
    record Judged(
            PlannedMap map,
            ReadFeatures.Features file,
            ImportProblems problems,
            @Nullable String sha256) {

        static Judged refused(ImportProblem problem) {
            ImportProblems problems = new ImportProblems();
            problems.add(problem);
            return new Judged(nothing(), new ReadFeatures.Features(List.of(), List.of(), 0), problems, null);
        }

        private static PlannedMap nothing() {
            return new PlannedMap(new MapBefore(new TreeMap<>(), Set.of()), new TreeMap<>(), List.of());
        }
    }

    Judged judge(ImportRequest request, InputStream file) {
        ImportProblems problems = new ImportProblems();
        DigestInputStream digested = new DigestInputStream(file, sha256());
        ReadFeatures.Features read = new ReadFeatures(request, settings, problems).read(digested);
        LOG.info("Import: {} features are read", read.features().size());
        String sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
        if (request.repair() && problems.isEmpty()) {
            read = new MatchBorders(read).match();
        }
        PlannedMap map = problems.isEmpty() ? plan(request, read, problems) : Judged.nothing();
        return new Judged(map, read, problems, problems.isEmpty() ? sha256 : null);
    }

    private PlannedMap plan(ImportRequest request, ReadFeatures.Features file, ImportProblems problems) {
        MapBefore before = MapBefore.read(store, file.features(), request.replaces());
        PlannedMap map = new PlanUnits(before, file.features(), request.replaces(), problems).plan();
        LOG.info("Import: {} units are planned", map.units().size());
        if (problems.isEmpty()) {
            new CheckPlaces(store, request.datum(), problems).check(map);
        }
        if (problems.isEmpty()) {
            new DrawUnits(store, problems).draw(map);
            new CheckLand(store, problems).check(map);
            LOG.info("Import: they are drawn and checked");
        }
        return map;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
