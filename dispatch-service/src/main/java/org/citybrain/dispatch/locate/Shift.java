package org.citybrain.dispatch.locate;

import java.time.LocalTime;

/** One member of staff's daily span of duty, in the city's own time; it may run over midnight. */
public record Shift(String unitCode, LocalTime starts, LocalTime ends) {

    public boolean isOn(LocalTime time) {
        boolean sinceStart = !time.isBefore(starts);
        boolean beforeEnd = time.isBefore(ends);
        return starts.isBefore(ends) ? sinceStart && beforeEnd : sinceStart || beforeEnd;
    }
}
