package org.citybrain.grid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class LoadDemoCityTest {

    @Test
    void two_instances_that_start_at_once_load_it_once() throws Exception {
        Database database = Infrastructure.shared().newDatabase();
        Callable<Void> start = () -> {
            loader(database).run(new DefaultApplicationArguments());
            return null;
        };

        try (ExecutorService instances = Executors.newFixedThreadPool(2)) {
            for (Future<Void> instance : instances.invokeAll(List.of(start, start))) {
                instance.get();
            }
        }
        start.call();

        JdbcClient administrator = JdbcClient.create(database.administratorDataSource());
        assertThat(count(administrator, "grid.map_version")).isEqualTo(1);
        assertThat(count(administrator, "grid.unit_version")).isEqualTo(count(administrator, "grid.unit"));
    }

    private static LoadDemoCity loader(Database database) {
        DataSource dataSource = database.dataSource(ServiceLogin.GRID);
        var store = new PostgisDemoCity(
                new JdbcTemplate(dataSource), new TransactionTemplate(new JdbcTransactionManager(dataSource)));
        return new LoadDemoCity(new DemoSettings(DemoSettings.Choice.SMALL), store, Clock.systemUTC());
    }

    private static long count(JdbcClient database, String table) {
        return database.sql("select count(*) from " + table).query(Long.class).single();
    }
}
