package org.citybrain.dispatch.archive;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves months to the schema archive. */
@Component
class PostgresArchive {

    private static final String ATTACHED = """
            select to_date(right(c.relname, 7), 'YYYY_MM') as month
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'dispatch.incident'::regclass and to_date(right(c.relname, 7), 'YYYY_MM') < :before
            order by month
            """;

    private static final String ARCHIVE = "select dispatch.archive_month(:month, :now)";

    private final JdbcClient jdbc;

    PostgresArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The months before this one that have partitions, the oldest first. */
    List<YearMonth> listBefore(YearMonth month) {
        return jdbc.sql(ATTACHED).param("before", month.atDay(1)).query(LocalDate.class).list().stream()
                .map(YearMonth::from)
                .toList();
    }

    /** @throws org.springframework.dao.DataAccessException if somebody was in the way for too long; nothing has happened then */
    ArchivedMonth archive(YearMonth month, Instant now) {
        return ArchivedMonth.valueOf(jdbc.sql(ARCHIVE)
                .param("month", month.atDay(1))
                .param("now", Timestamp.from(now))
                .query(String.class)
                .single());
    }
}
