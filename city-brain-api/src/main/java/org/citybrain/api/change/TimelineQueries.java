package org.citybrain.api.change;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.citybrain.api.row.Row;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds places in the timeline of the whole city, whoever asks. A line counts when no older transaction is still open that could yet
 * add an earlier one: when its transaction id lies below {@code oldest_open_transaction}.
 */
@Component
public class TimelineQueries {

    // Index: incident_event_outbox of each month, backwards: by the transaction's number, not by its text
    private static final String HEAD = """
            select line.transaction_id::text as transaction_id, line.sequence
            from dispatch.timeline_position_view line
            where line.transaction_id < public.oldest_open_transaction()
            order by line.transaction_id desc, line.sequence desc
            limit 1
            """;

    // Index: incident_event_outbox of each month
    private static final String WINDOW = """
            select transaction_id::text as transaction_id, sequence, count(*) over () as lines
            from (select transaction_id, sequence
                  from dispatch.timeline_position_view
                  where (transaction_id, sequence) > (:transaction::xid8, :sequence)
                    and transaction_id < public.oldest_open_transaction()
                  order by transaction_id, sequence
                  limit :most) lines
            order by lines.transaction_id desc, lines.sequence desc
            limit 1
            """;

    private static final String IS_KNOWN = """
            select :transaction::xid8 < public.next_transaction()
            """;

    private static final String NOTHING_YET = "0";

    private final JdbcClient jdbc;
    private final Clock clock;

    TimelineQueries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** After the last line that counts now. */
    public ChangeCursor head() {
        return Row.list(jdbc.sql(HEAD)).stream()
                .findFirst()
                .map(this::afterLine)
                .orElseGet(() -> ChangeCursor.afterLine(NOTHING_YET, 0, now()));
    }

    /** So many lines of the city further on, or as many as count now. */
    public Window window(ChangeCursor after, int most) {
        List<Row> last = Row.list(jdbc.sql(WINDOW)
                .param("transaction", after.transaction())
                .param("sequence", after.sequence())
                .param("most", most));
        return last.isEmpty()
                ? new Window(ChangeCursor.afterLine(after.transaction(), after.sequence(), now()), false)
                : new Window(afterLine(last.getFirst()), last.getFirst().longInteger("lines") == most);
    }

    /** Whether this database can have given the cursor out: one that was set back to an earlier state knows later ones no more. */
    public boolean isKnown(ChangeCursor cursor) {
        return jdbc.sql(IS_KNOWN)
                .param("transaction", cursor.transaction())
                .query(Boolean.class)
                .single();
    }

    private ChangeCursor afterLine(Row row) {
        return ChangeCursor.afterLine(row.text("transaction_id"), row.longInteger("sequence"), now());
    }

    private Instant now() {
        return clock.instant();
    }

    /**
     * A stretch of the timeline.
     *
     * @param end after its last line
     * @param full whether there may be more lines after it
     */
    public record Window(ChangeCursor end, boolean full) {}
}
