package org.citybrain.api.incident;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Finds out what a text that was searched for may mean: its number, types, units, incidents in which somebody wrote it. */
@Component
class SearchQueries {

    // Index: none; a catalogue has some dozens of types
    private static final String TYPES = """
            select code from dispatch.incident_type_view
            where name_zh ilike :within or name_en ilike :within or code ilike :within
            """;

    // Index: unit_version_by_name
    private static final String UNITS = """
            select distinct code from grid.unit_view where name like :beginning and length(code) <= 15 order by code limit :most
            """;

    // Index: report_by_description and incident_event_by_note of each month since
    private static final String BY_WORDS = "select dispatch.incidents_with_words(:words, :since, :most) as id";

    // Index: the primary keys of the months since
    private static final String BY_TEXT = "select dispatch.incidents_with_text(:within, :since, :most) as id";

    private static final ZoneId CITY_ZONE = ZoneId.of("Asia/Shanghai");
    private static final Pattern NUMBER = Pattern.compile("(\\d{8})-\\d{0,12}");
    private static final Pattern UNIT = Pattern.compile("\\d{2}|\\d{6}|\\d{9}|\\d{12}|\\d{15}");
    private static final int MOST_BY_TEXT = 10_000;
    private static final int MOST_UNITS = 200;
    /**
     * One letter is in too many texts, and a mark is not in the index: without two letters or digits in a row a text is looked for by
     * reading.
     */
    private static final Pattern PAIR = Pattern.compile("[\\p{L}\\p{N}]{2}");

    private static final Duration HOW_FAR_BACK_WITHOUT_PAIR = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Clock clock;

    SearchQueries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What a text may mean; a number means nothing else.
     *
     * @param number of the incidents that are meant; null where the text is no number
     * @param types of the incidents that are meant
     * @param units where they lie, or to which they were dispatched
     * @param incidents those that are meant themselves, of the newest months
     */
    record Meant(@Nullable NumberRange number, List<String> types, List<String> units, List<UUID> incidents) {

        /** Nothing but these incidents can match. */
        boolean isOfIncidentsOnly() {
            return number == null && types.isEmpty() && units.isEmpty();
        }
    }

    /**
     * Numbers that begin like this, and the day on which all of them were given.
     *
     * @param dayEnds with the beginning of the next
     */
    record NumberRange(String beginning, Instant dayBegins, Instant dayEnds) {}

    /** @param from only incidents opened from then on are wanted; null: all */
    Meant find(String text, @Nullable Instant from) {
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return new Meant(number(number.group(1), text), List.of(), List.of(), List.of());
        }
        if (UNIT.matcher(text).matches()) {
            return new Meant(null, List.of(), List.of(text), List.of());
        }
        String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        String within = "%" + escaped + "%";
        return new Meant(
                null,
                jdbc.sql(TYPES)
                        .param("within", within)
                        .query((row, i) -> row.getString("code"))
                        .list(),
                jdbc.sql(UNITS)
                        .param("beginning", escaped + "%")
                        .param("most", MOST_UNITS)
                        .query((row, i) -> row.getString("code"))
                        .list(),
                incidents(text, within, from));
    }

    private List<UUID> incidents(String text, String within, @Nullable Instant from) {
        StatementSpec written = PAIR.matcher(text).find()
                ? jdbc.sql(BY_WORDS).param("words", text).param("since", moment(from == null ? Instant.EPOCH : from))
                : jdbc.sql(BY_TEXT).param("within", within).param("since", moment(laterOf(from)));
        return written.param("most", MOST_BY_TEXT)
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Null where there is no such day: then nothing is meant. */
    private static @Nullable NumberRange number(String day, String beginning) {
        try {
            LocalDate date = LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE);
            return new NumberRange(
                    beginning,
                    date.atStartOfDay(CITY_ZONE).toInstant(),
                    date.plusDays(1).atStartOfDay(CITY_ZONE).toInstant());
        } catch (DateTimeParseException noDay) {
            return null;
        }
    }

    private Instant laterOf(@Nullable Instant from) {
        Instant farthest = clock.instant().minus(HOW_FAR_BACK_WITHOUT_PAIR);
        return from == null || from.isBefore(farthest) ? farthest : from;
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
