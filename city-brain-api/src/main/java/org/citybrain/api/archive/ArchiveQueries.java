package org.citybrain.api.archive;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** Tells what is in the archive from what never was: an id begins with its month. */
@Component
public class ArchiveQueries {

    // Index: none, a row for each archived month
    private static final String MONTH = """
            select month from dispatch.archived_month_view where first_id <= :id and next_id > :id
            """;

    private final JdbcClient jdbc;

    ArchiveQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Why nothing is found under an id: 410 where its month was archived, whether or not there was anything of this id, 404 anywhere else.
     *
     * @param thing {@code incident} or {@code task}
     */
    public ErrorResponseException notFound(String thing, UUID id) {
        Optional<LocalDate> month =
                jdbc.sql(MONTH).param("id", id).query(LocalDate.class).optional();
        return month.map(archived -> Problem.refused(
                        ProblemReason.ARCHIVED,
                        "%s %s is of %tY-%<tm, which is in the archive".formatted(thing, id, archived),
                        "an id of a later month"))
                .orElseGet(() -> Problem.notFound(thing, id));
    }
}
