package org.citybrain.dispatch.command.incident;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/** What a person orders, as it came in a body. */
sealed interface Order {

    int MOST_REASON_CHARACTERS = 1_000;
    int MOST_MISSED = 50;
    int MOST_SOURCE_CHARACTERS = 128;
    int MOST_SPLIT = 500;

    IncidentCommand command();

    @Nullable
    String reason();

    /** @throws CommandRefused where it holds what cannot be */
    default void check() {
        String reason = reason();
        if (reason == null || reason.isBlank() || !isStorable(reason, MOST_REASON_CHARACTERS)) {
            throw CommandRefused.badBody(
                    "reason",
                    reason == null ? "missing" : reason.isBlank() ? "blank" : reason.length() + " characters long",
                    "why this is decided, 1 to " + MOST_REASON_CHARACTERS + " characters");
        }
    }

    /** The reason, which was checked. */
    default String why() {
        return Objects.requireNonNull(reason());
    }

    private static boolean isStorable(String text, int most) {
        return text.length() <= most && text.indexOf('\0') < 0;
    }

    private static <T> List<T> distinct(
            String field, @Nullable List<@Nullable T> values, int most, Predicate<T> isGood, String expected) {
        if (values == null || values.size() > most) {
            throw CommandRefused.badBody(field, values == null ? "missing" : values.size() + " items long", expected);
        }
        for (T value : values) {
            if (value == null || !isGood.test(value)) {
                throw CommandRefused.badBody(field, "a list with a value that cannot be", expected);
            }
        }
        List<T> distinct = values.stream().map(Objects::requireNonNull).toList();
        if (new HashSet<>(distinct).size() < distinct.size()) {
            throw CommandRefused.badBody(field, "a list that names one twice", expected);
        }
        return distinct;
    }

    /** @param missedBy registered sources that should have reported it and did not */
    record Confirm(@Nullable String reason, @Nullable List<@Nullable String> missedBy) implements Order {

        @Override
        public IncidentCommand command() {
            return IncidentCommand.CONFIRM;
        }

        @Override
        public void check() {
            Order.super.check();
            missed();
        }

        List<String> missed() {
            return missedBy == null
                    ? List.of()
                    : distinct(
                            "missedBy",
                            missedBy,
                            MOST_MISSED,
                            id -> !id.isBlank() && isStorable(id, MOST_SOURCE_CHARACTERS),
                            "at most " + MOST_MISSED + " ids of registered sources");
        }
    }

    /**
     * @param level for emergencies
     * @param scope for everyday matters
     */
    record Regrade(
            @Nullable String reason,
            @Nullable Level level,
            @Nullable HandlingScope scope) implements Order {

        @Override
        public IncidentCommand command() {
            return IncidentCommand.REGRADE;
        }

        @Override
        public void check() {
            Order.super.check();
            if ((level == null) == (scope == null)) {
                throw CommandRefused.badBody(
                        "level",
                        level == null ? "missing" : level + " beside the scope " + scope,
                        "either a level (I, II, III, IV) or, for everyday matters, a scope (R1, R2, R3)");
            }
        }
    }

    record MarkFalse(@Nullable String reason) implements Order {

        @Override
        public IncidentCommand command() {
            return IncidentCommand.MARK_FALSE;
        }
    }

    /** @param into the incident that goes on */
    record Merge(@Nullable String reason, @Nullable UUID into) implements Order {

        @Override
        public IncidentCommand command() {
            return IncidentCommand.MERGE;
        }

        @Override
        public void check() {
            Order.super.check();
            if (into == null) {
                throw CommandRefused.badBody("into", "missing", "the id of the incident that goes on");
            }
        }

        UUID survivor() {
            return Objects.requireNonNull(into);
        }
    }

    /** @param reports some of the incident's reports, not all */
    record Split(@Nullable String reason, @Nullable List<@Nullable UUID> reports) implements Order {

        @Override
        public IncidentCommand command() {
            return IncidentCommand.SPLIT;
        }

        @Override
        public void check() {
            Order.super.check();
            if (taken().isEmpty()) {
                throw CommandRefused.badBody("reports", "empty", "1 to " + MOST_SPLIT + " ids of its reports");
            }
        }

        List<UUID> taken() {
            return distinct("reports", reports, MOST_SPLIT, id -> true, "1 to " + MOST_SPLIT + " ids of its reports");
        }
    }
}
