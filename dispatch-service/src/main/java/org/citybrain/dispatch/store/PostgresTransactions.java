package org.citybrain.dispatch.store;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The kinds of transaction: a batch's, which may be lost in a crash because it is read again; a person's, which may not; and reading
 * as a batch does.
 */
@Component
public class PostgresTransactions {

    /**
     * Does not wait for the disk: a batch whose commit is lost in a crash is lost together with its offsets, so it is read again
     * and gives the same incidents. The relay makes one synchronous commit before it sends, so nothing is published that could be
     * lost.
     *
     * <p>Reads no table whole: all that a batch looks for has its index. But while a month is new statistics say that there is
     * nothing in it, and such a plan is kept while it fills.
     *
     * <p>Is planned without its values: of an expression by which only open incidents are indexed, as their squares are, there are
     * no statistics, so some hundred squares are taken for all that there is, and everything that is open is read, five times
     * after statistics were taken anew.
     */
    public static final String AS_A_BATCH = """
            select set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true)
            """;

    private final TransactionTemplate template;
    private final JdbcClient jdbc;

    PostgresTransactions(PlatformTransactionManager manager, JdbcClient jdbc) {
        this.template = new TransactionTemplate(manager);
        this.jdbc = jdbc;
    }

    /** Runs the work in a transaction together with its offsets. Isolation READ COMMITTED, PostgreSQL's default. */
    public void inBatch(Runnable work) {
        template.executeWithoutResult(status -> {
            jdbc.sql(AS_A_BATCH).query(row -> {});
            work.run();
        });
    }

    /** The same for a command that has an answer. */
    public <T> T answerCommand(Supplier<T> work) {
        T answer = template.execute(status -> work.get());
        if (answer == null) {
            throw new IllegalStateException("a command answers");
        }
        return answer;
    }

    /** Reads as a batch does: by indexes, planned without values. */
    public <T> List<T> listAsABatch(Supplier<List<T>> work) {
        return Objects.requireNonNull(template.execute(status -> {
            jdbc.sql(AS_A_BATCH).query(row -> {});
            return work.get();
        }));
    }

    /** Runs a person's command: when this returns, it is on the disk. */
    public void inCommand(Runnable work) {
        template.executeWithoutResult(status -> work.run());
    }
}
