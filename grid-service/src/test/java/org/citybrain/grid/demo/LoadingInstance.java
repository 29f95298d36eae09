package org.citybrain.grid.demo;

import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.citybrain.grid.version.PostgisMapDraft;
import org.citybrain.grid.version.PostgisMapVersions;
import org.citybrain.grid.version.PostgresMapLock;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** As much of an instance of the service as loads the demo city. */
final class LoadingInstance implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    LoadingInstance(Database database, DemoSettings.Choice choice, Clock clock) {
        DataSource dataSource = database.dataSource(ServiceLogin.GRID);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("demo", Map.of("city-brain.grid.demo-city", choice.name())));
        context.registerBean(DataSource.class, () -> dataSource);
        context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(dataSource));
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(dataSource));
        context.registerBean(
                TransactionTemplate.class,
                () -> new TransactionTemplate(context.getBean(JdbcTransactionManager.class)));
        context.registerBean(Clock.class, () -> clock);
        context.register(
                Transactions.class,
                PostgisMapDraft.class,
                PostgisMapVersions.class,
                PostgresMapLock.class,
                PostgisDemoCity.class,
                LoadDemoCity.class);
        context.refresh();
    }

    LoadDemoCity loader() {
        return context.getBean(LoadDemoCity.class);
    }

    <T> T get(Class<T> part) {
        return context.getBean(part);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Transactions {}
}
