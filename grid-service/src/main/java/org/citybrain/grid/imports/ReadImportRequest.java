package org.citybrain.grid.imports;

import java.util.Arrays;
import java.util.List;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.jspecify.annotations.Nullable;

/** Reads an import's parameters, or says what they should have been. */
final class ReadImportRequest {

    private static final int LONGEST_NOTE = 500;
    private static final int MOST_REPLACED = 1_000;

    private ReadImportRequest() {}

    static ImportRequest read(
            @Nullable String effectiveFrom,
            @Nullable String datum,
            @Nullable String attributes,
            @Nullable String dryRun,
            @Nullable String repair,
            @Nullable String replaces,
            @Nullable String note) {
        return new ImportRequest(
                Parameters.instant("effectiveFrom", effectiveFrom),
                Parameters.datum(datum),
                AttributeNames.read(attributes),
                yes("dryRun", dryRun),
                yes("repair", repair),
                codes(replaces),
                note(note));
    }

    private static boolean yes(String name, @Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw new RequestProblem(ProblemReason.BAD_PARAMETER, name, value, "true or false");
    }

    private static List<String> codes(@Nullable String value) {
        if (value == null) {
            return List.of();
        }
        String[] codes = value.split(",", -1);
        if (codes.length > MOST_REPLACED) {
            throw new RequestProblem(
                    ProblemReason.BAD_PARAMETER, "replaces", codes.length + " codes", "at most " + MOST_REPLACED);
        }
        return Arrays.stream(codes)
                .map(code -> Parameters.unitCode("replaces", code).digits())
                .distinct()
                .toList();
    }

    private static @Nullable String note(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST_NOTE || value.chars().anyMatch(Character::isISOControl)) {
            throw new RequestProblem(
                    ProblemReason.BAD_PARAMETER,
                    "note",
                    value.substring(0, Math.min(50, value.length())),
                    "at most " + LONGEST_NOTE + " characters, none of them a control character");
        }
        return value;
    }
}
