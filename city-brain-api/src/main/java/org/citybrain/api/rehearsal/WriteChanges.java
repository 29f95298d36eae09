package org.citybrain.api.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.citybrain.api.csv.CsvLine;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;

/** The biggest changes as CSV (RFC 4180), to be opened in a spreadsheet: no cell is taken for a formula there. */
final class WriteChanges {

    private static final String HEAD =
            "incidentId,number,type,what,people,levelsJumped,levelBefore,levelAfter,commandingUnitBefore,"
                    + "commandingUnitAfter,tasksBefore,tasksAfter,recordBefore,recordAfter";
    private static final String LINE_END = "\r\n";

    private WriteChanges() {}

    static String asCsv(List<RehearsalChange> changes) {
        return changes.stream().map(WriteChanges::line).collect(Collectors.joining("", HEAD + LINE_END, ""));
    }

    private static String line(RehearsalChange change) {
        RehearsalChange.Side before = change.before();
        RehearsalChange.Side after = change.after();
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(change.incidentId());
        cells.add(change.number());
        cells.add(change.type());
        cells.add(change.what());
        cells.add(change.people());
        cells.add(change.levelsJumped());
        cells.add(before == null ? null : before.level());
        cells.add(after == null ? null : after.level());
        cells.add(before == null ? null : before.commandingUnit());
        cells.add(after == null ? null : after.commandingUnit());
        cells.add(before == null ? null : before.tasks());
        cells.add(after == null ? null : after.tasks());
        cells.add(record(before));
        cells.add(record(after));
        return CsvLine.of(cells);
    }

    private static @Nullable String record(RehearsalChange.@Nullable Side side) {
        return side == null || side.record() == null ? null : MessageJson.MAPPER.writeValueAsString(side.record());
    }
}
