package org.citybrain.dispatch.locate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** All grids of a map: their codes, their people, and the index that finds them by place. */
final class Grids {

    private final String[] codes;
    private final long[] populations;
    private final GridIndex index;

    private Grids(String[] codes, long[] populations, GridIndex index) {
        this.codes = codes;
        this.populations = populations;
        this.index = index;
    }

    String code(int number) {
        return codes[number];
    }

    long population(int number) {
        return populations[number];
    }

    GridIndex index() {
        return index;
    }

    /** A code of 15 digits takes 56 bytes as a string, and 4 for pointing at it. */
    long bytes() {
        return index.bytes() + 8L * populations.length + 60L * codes.length;
    }

    /** Takes grids one by one, in the order of their codes, and keeps no boundary as an object. */
    static final class Builder {

        private final List<String> codes = new ArrayList<>();
        private final LongStream.Builder populations = LongStream.builder();
        private final GridIndex.Builder index = new GridIndex.Builder();

        Builder add(Grid grid) {
            if (!codes.isEmpty() && codes.getLast().compareTo(grid.code()) >= 0) {
                throw new IllegalArgumentException("grid " + grid.code() + " came after " + codes.getLast()
                        + ": expected ascending codes, each once");
            }
            codes.add(grid.code());
            populations.add(grid.population());
            index.add(grid.boundary());
            return this;
        }

        Grids build() {
            return new Grids(codes.toArray(String[]::new), populations.build().toArray(), index.build());
        }
    }
}
