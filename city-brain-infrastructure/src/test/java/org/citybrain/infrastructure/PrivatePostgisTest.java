package org.citybrain.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.citybrain.infrastructure.PrivatePostgis.Durability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@DisabledIfSystemProperty(
        named = "city-brain.test.infrastructure",
        matches = "containers",
        disabledReason = "starts the PostgreSQL that is installed on this machine")
class PrivatePostgisTest {

    @TempDir
    Path folder;

    PrivatePostgis postgis;

    @BeforeEach
    void start() {
        postgis = new PrivatePostgis(folder, Ports.findFree(), "secret", Durability.FAST);
        postgis.start();
    }

    @AfterEach
    void stop() {
        postgis.stopImmediately();
    }

    @Test
    void it_has_postgis_and_the_settings_that_the_services_count_on() {
        sql("create extension postgis").update();

        assertThat(sql("select st_astext(st_point(106.5, 29.5, 4326))")
                        .query(String.class)
                        .single())
                .isEqualTo("POINT(106.5 29.5)");
        assertThat(setting("max_locks_per_transaction")).isEqualTo("512");
        assertThat(setting("shared_preload_libraries")).isEqualTo("pg_stat_statements");
        assertThat(setting("fsync")).isEqualTo("off");
        assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(setting("unix_socket_directories")).isEmpty();
    }

    @Test
    void nobody_gets_in_without_the_password() {
        JdbcClient stranger = client(postgis, "guessed");

        assertThatThrownBy(() -> stranger.sql("select 1").query(Integer.class).single())
                .isInstanceOf(CannotGetJdbcConnectionException.class)
                .hasRootCauseMessage("FATAL: password authentication failed for user \"postgres\"");
    }

    @Test
    void a_restart_keeps_the_data() {
        insertOneRow();

        postgis.restart();

        assertThat(countRows(postgis)).isEqualTo(1);
    }

    @Test
    void an_immediate_stop_loses_nothing_that_was_committed() {
        insertOneRow();

        postgis.stopImmediately();
        assertThat(postgis.isRunning()).isFalse();
        postgis.start();

        assertThat(countRows(postgis)).isEqualTo(1);
    }

    @Test
    void after_a_kill_of_the_server_the_next_start_recovers() {
        insertOneRow();
        ProcessHandle server = LeftOverServer.find(folder.resolve("data")).orElseThrow();

        server.destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> !postgis.isRunning());
        assertThat(folder.resolve("data/postmaster.pid")).exists();
        postgis.start();

        assertThat(countRows(postgis)).isEqualTo(1);
    }

    @Test
    void the_id_of_a_stranger_in_the_stale_file_neither_stops_the_start_nor_harms_the_stranger() throws Exception {
        postgis.stopImmediately();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    folder.resolve("data/postmaster.pid"), stranger.pid() + "\n" + folder.resolve("data") + "\n");

            postgis.start();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void a_server_left_running_is_stopped_and_its_data_are_taken_over() {
        insertOneRow();
        long leftOver = postgis.processId().orElseThrow();

        var successor = new PrivatePostgis(folder, Ports.findFree(), "secret", Durability.FAST);
        successor.start();

        assertThat(successor.processId()).isPresent().get().isNotEqualTo(leftOver);
        assertThat(countRows(successor)).isEqualTo(1);
    }

    @Test
    void a_port_that_is_taken_is_named_with_the_mend() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var second = new PrivatePostgis(folder.resolve("second"), taken.getLocalPort(), "secret", Durability.FAST);

            assertThatThrownBy(second::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("port " + taken.getLocalPort() + ", wanted for PostgreSQL, is taken by another program:"
                            + " stop that program, or choose another port");
        }
    }

    private void insertOneRow() {
        sql("create table kept (value integer)").update();
        sql("insert into kept values (1)").update();
    }

    private static int countRows(PrivatePostgis postgis) {
        return client(postgis, "secret")
                .sql("select count(*) from kept")
                .query(Integer.class)
                .single();
    }

    private String setting(String name) {
        return sql("select current_setting('" + name + "')").query(String.class).single();
    }

    private JdbcClient.StatementSpec sql(String sql) {
        return client(postgis, "secret").sql(sql);
    }

    private static JdbcClient client(PrivatePostgis postgis, String password) {
        return JdbcClient.create(
                new DriverManagerDataSource(postgis.jdbcUrl("postgres"), PrivatePostgis.ADMINISTRATOR, password));
    }
}
