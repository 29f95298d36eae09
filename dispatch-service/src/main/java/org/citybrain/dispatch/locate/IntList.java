package org.citybrain.dispatch.locate;

import java.util.Arrays;

/** A growing list of whole numbers. */
final class IntList {

    private int[] numbers;
    private int size;

    IntList(int room) {
        numbers = new int[Math.max(1, room)];
    }

    int size() {
        return size;
    }

    int get(int i) {
        return numbers[i];
    }

    void set(int i, int number) {
        numbers[i] = number;
    }

    void clear() {
        size = 0;
    }

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    int[] toArray() {
        return Arrays.copyOf(numbers, size);
    }

    /** In order, each once. */
    int[] sortedOnce() {
        int[] sorted = toArray();
        Arrays.sort(sorted);
        int kept = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }
}
