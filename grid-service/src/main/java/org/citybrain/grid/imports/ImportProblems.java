package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one import: the first few in full, all of them counted. */
final class ImportProblems {

    /** A report that a person can still read. */
    static final int MOST_TOLD = 200;

    private final List<ImportProblem> told = new ArrayList<>();
    private int count;

    void add(ImportProblem problem) {
        count++;
        if (told.size() < MOST_TOLD) {
            told.add(problem);
        }
    }

    /** Whether further ones are only counted: then nothing costly is worth finding out about them. */
    boolean isFull() {
        return told.size() == MOST_TOLD;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    List<ImportProblem> told() {
        return List.copyOf(told);
    }
}
