package org.citybrain.grid.imports;

import org.citybrain.grid.problem.ProblemReason;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An import of which nothing was taken; its problem document is the report. */
final class ImportRefused extends ErrorResponseException {

    ImportRefused(ImportReport report) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, document(report), null);
    }

    private static ProblemDetail document(ImportReport report) {
        ImportProblem first = report.problems().getFirst();
        ProblemDetail document = ProblemDetail.forStatusAndDetail(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "nothing was taken: " + first.reason() + (first.code() == null ? "" : " of " + first.code()) + ": "
                        + first.detail()
                        + (report.problemCount() == 1 ? "" : " (the first of " + report.problemCount() + " problems)"));
        document.setTitle("The import was refused");
        document.setProperty("reason", ProblemReason.IMPORT_REFUSED.name());
        document.setProperty("accepted", false);
        document.setProperty("dryRun", report.dryRun());
        document.setProperty("effectiveFrom", report.effectiveFrom());
        document.setProperty("units", report.units());
        document.setProperty("repaired", report.repaired());
        document.setProperty("repairedCount", report.repairedCount());
        document.setProperty("problems", report.problems());
        document.setProperty("problemCount", report.problemCount());
        if (report.sha256() != null) {
            document.setProperty("sha256", report.sha256());
        }
        return document;
    }
}
