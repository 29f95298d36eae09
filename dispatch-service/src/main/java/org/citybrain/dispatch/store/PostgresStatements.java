package org.citybrain.dispatch.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Counts the SQL statements of this service, COPY left aside, as {@code citybrain.dispatch.statements}. */
@Component("jdbcTemplate")
class PostgresStatements extends JdbcTemplate {

    private final Counter statements;

    PostgresStatements(DataSource dataSource, MeterRegistry registry) {
        super(dataSource);
        this.statements = Counter.builder("citybrain.dispatch.statements")
                .description("SQL statements, COPY left aside")
                .register(registry);
    }

    @Override
    protected void applyStatementSettings(Statement statement) throws SQLException {
        statements.increment();
        super.applyStatementSettings(statement);
    }
}
