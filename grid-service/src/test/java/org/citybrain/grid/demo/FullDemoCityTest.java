package org.citybrain.grid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

class FullDemoCityTest {

    @Test
    void measure() {
        Database database = Infrastructure.shared().newDatabase();
        JdbcClient administrator = JdbcClient.create(database.administratorDataSource());
        administrator.sql("select pg_stat_statements_reset()").query().listOfRows();
        long start = System.nanoTime();
        try (LoadingInstance instance = new LoadingInstance(database, DemoSettings.Choice.FULL, Clock.systemUTC())) {
            instance.loader().run(new DefaultApplicationArguments());
        }
        System.out.println("LOAD ms " + (System.nanoTime() - start) / 1_000_000);
        administrator
                .sql(
                        "select calls, round(total_exec_time) as ms, rows, left(query, 120) as q from pg_stat_statements order by total_exec_time desc limit 12")
                .query()
                .listOfRows()
                .forEach(row -> System.out.println("STAT " + row));
        assertThat(1).isEqualTo(1);
    }
}
