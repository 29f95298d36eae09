package org.citybrain.grid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

class LoadDemoCityTest {

    @Test
    void two_instances_that_start_at_once_load_it_once() throws Exception {
        Database database = Infrastructure.shared().newDatabase();
        Callable<Void> start = () -> {
            try (var instance = new LoadingInstance(database, DemoSettings.Choice.SMALL, Clock.systemUTC())) {
                instance.loader().run(new DefaultApplicationArguments());
            }
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

    private static long count(JdbcClient database, String table) {
        return database.sql("select count(*) from " + table).query(Long.class).single();
    }
}
