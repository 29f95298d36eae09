package org.citybrain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.citybrain.migrations.ServiceLogin;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class InfrastructureTest {

    @Test
    void databases_are_migrated_and_apart_from_each_other() {
        Database one = Infrastructure.shared().newDatabase();
        Database other = Infrastructure.shared().newDatabase();

        JdbcClient.create(one.dataSource(ServiceLogin.GRID))
                .sql("insert into grid.unit (code) values ('50')")
                .update();

        assertThat(countUnits(one)).isEqualTo(1);
        assertThat(countUnits(other)).isZero();
    }

    @Test
    void each_service_logs_in_with_what_the_environment_says() {
        Database database = Infrastructure.shared().newDatabase();
        Map<String, String> environment = Infrastructure.shared().environment(database);

        for (ServiceLogin login : ServiceLogin.values()) {
            assertThat(JdbcClient.create(database.dataSource(login))
                            .sql("select current_user")
                            .query(String.class)
                            .single())
                    .isEqualTo(login.role());
            assertThat(environment).containsEntry("CITY_BRAIN_" + login + "_PASSWORD", database.password(login));
        }
        assertThat(environment).containsEntry("CITY_BRAIN_DATABASE_URL", database.jdbcUrl());
    }

    @Test
    void the_broker_answers() throws Exception {
        String servers = Infrastructure.shared().kafkaBootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }

    @Test
    void a_database_server_that_was_stopped_comes_back_where_it_was_with_what_it_had() {
        try (Infrastructure apart = Infrastructure.ofItsOwn()) {
            Database database = apart.newDatabase();
            JdbcClient asGrid = JdbcClient.create(database.dataSource(ServiceLogin.GRID));
            asGrid.sql("insert into grid.unit (code) values ('50')").update();
            JdbcClient.create(database.administratorDataSource())
                    .sql("checkpoint")
                    .update();

            apart.postgis().stopImmediately();
            assertThatThrownBy(() -> countUnits(database)).isInstanceOf(DataAccessException.class);
            apart.postgis().start();

            assertThat(countUnits(database)).isEqualTo(1);
        }
    }

    @Test
    @NativeOnly("looks into the folder of temporary files")
    void what_a_killed_jvm_left_is_removed_and_what_a_living_one_uses_is_not() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path left = Files.createTempDirectory("city-brain-test-" + dead.pid() + "-");
        Files.createDirectories(left.resolve("postgis/data/base"));
        Path used = Files.createTempDirectory(
                "city-brain-test-" + ProcessHandle.current().pid() + "-");

        NativeServers.sweepAfterKilledJvms();

        assertThat(left).doesNotExist();
        assertThat(used).exists();
        Files.delete(used);
    }

    private static int countUnits(Database database) {
        return JdbcClient.create(database.dataSource(ServiceLogin.GRID))
                .sql("select count(*) from grid.unit")
                .query(Integer.class)
                .single();
    }
}
