package org.citybrain.dispatch.store;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The two kinds of transaction: a batch's, which may be lost in a crash because it is read again, and a person's, which may not. */
@Component
public class PostgresTransactions {

    /**
     * A batch whose commit is lost in a crash is lost together with its offsets, so it is read again and gives the same incidents. The
     * relay makes one synchronous commit before it sends, so nothing is published that could be lost.
     */
    private static final String NEED_NOT_WAIT_FOR_THE_DISK = "set local synchronous_commit = off";

    private final TransactionTemplate template;
    private final JdbcClient jdbc;

    PostgresTransactions(PlatformTransactionManager manager, JdbcClient jdbc) {
        this.template = new TransactionTemplate(manager);
        this.jdbc = jdbc;
    }

    /** Runs the work in a transaction together with its offsets. Isolation READ COMMITTED, PostgreSQL's default. */
    public void inBatch(Runnable work) {
        template.executeWithoutResult(status -> {
            jdbc.sql(NEED_NOT_WAIT_FOR_THE_DISK).update();
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

    /** Runs a person's command: when this returns, it is on the disk. */
    public void inCommand(Runnable work) {
        template.executeWithoutResult(status -> work.run());
    }
}
