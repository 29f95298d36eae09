package org.citybrain.dispatch.locate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The names of all units by code, packed: a city has 75,000, and few are ever asked for. */
final class UnitNames {

    /** Codes as numbers, ascending. */
    private final long[] codes;
    /** Where each name begins; one more entry than codes. */
    private final int[] starts;

    private final byte[] names;

    private UnitNames(List<Named> sorted) {
        codes = new long[sorted.size()];
        starts = new int[sorted.size() + 1];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < sorted.size(); i++) {
            codes[i] = sorted.get(i).code();
            all.writeBytes(sorted.get(i).name().getBytes(UTF_8));
            starts[i + 1] = all.size();
        }
        names = all.toByteArray();
    }

    Optional<String> find(String code) {
        int i = Arrays.binarySearch(codes, number(code));
        return i < 0 ? Optional.empty() : Optional.of(new String(names, starts[i], starts[i + 1] - starts[i], UTF_8));
    }

    long bytes() {
        return 8L * codes.length + 4L * starts.length + names.length;
    }

    /** A code of up to 17 digits as one number; its length too, for a code may begin with zeros. */
    static long number(String code) {
        return Long.parseLong(code) * 32 + code.length();
    }

    static final class Builder {

        private final List<Named> all = new ArrayList<>();

        Builder add(String code, String name) {
            all.add(new Named(number(code), name));
            return this;
        }

        UnitNames build() {
            all.sort(Comparator.comparingLong(Named::code));
            return new UnitNames(all);
        }
    }

    private record Named(long code, String name) {}
}
