package org.citybrain.dispatch.locate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.citybrain.dispatch.locate.WorkingCalendar.Span;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a working calendar as grid-service keeps it, which has checked it. */
final class ReadWorkingCalendar {

    private static final String MIDNIGHT = "24:00";

    private ReadWorkingCalendar() {}

    static WorkingCalendar read(
            String unitCode, LocalDate validFrom, @Nullable LocalDate validTo, String hoursJson, String daysJson) {
        Map<DayOfWeek, List<Span>> hours = new EnumMap<>(DayOfWeek.class);
        for (Entry<String, JsonNode> weekday :
                MessageJson.MAPPER.readTree(hoursJson).properties()) {
            hours.put(DayOfWeek.valueOf(weekday.getKey()), spans(weekday.getValue()));
        }
        Map<LocalDate, List<Span>> days = new HashMap<>();
        for (Entry<String, JsonNode> day : MessageJson.MAPPER.readTree(daysJson).properties()) {
            days.put(LocalDate.parse(day.getKey()), spans(day.getValue()));
        }
        return new WorkingCalendar(unitCode, validFrom, validTo, hours, days);
    }

    private static List<Span> spans(JsonNode spans) {
        return spans.valueStream()
                .map(span -> new Span(
                        second(span.path("from").asString()),
                        second(span.path("to").asString())))
                .toList();
    }

    private static int second(String time) {
        return time.equals(MIDNIGHT)
                ? Span.WHOLE_DAY.toSecond()
                : LocalTime.parse(time).toSecondOfDay();
    }
}
