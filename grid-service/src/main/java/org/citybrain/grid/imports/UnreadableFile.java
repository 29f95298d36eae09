package org.citybrain.grid.imports;

/** Where a file cannot be read any further; carries the one problem that says why. */
final class UnreadableFile extends RuntimeException {

    private final transient ImportProblem problem;

    UnreadableFile(ImportProblem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    UnreadableFile(ImportReason reason, String detail) {
        this(ImportProblem.of(reason, null, detail));
    }

    ImportProblem problem() {
        return problem;
    }
}
