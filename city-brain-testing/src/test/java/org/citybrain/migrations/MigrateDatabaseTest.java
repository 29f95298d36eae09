package org.citybrain.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrateDatabaseTest {

    @Test
    void an_empty_database_is_migrated_once_and_then_has_nothing_left_to_do() {
        Database database = Infrastructure.shared().newEmptyDatabase();

        assertThat(migrate(database, database.passwords())).isPositive();
        assertThat(migrate(database, database.passwords())).isZero();
    }

    @Test
    void every_run_sets_the_passwords_anew_even_odd_ones() {
        Database database = Infrastructure.shared().newDatabase();
        Map<ServiceLogin, String> rotated = Arrays.stream(ServiceLogin.values())
                .collect(Collectors.toMap(login -> login, login -> "it's $new$ \\ " + login));
        try {
            migrate(database, rotated);

            var after = new Database(
                    database.jdbcUrl(), database.administrator(), database.administratorPassword(), rotated);
            for (ServiceLogin login : ServiceLogin.values()) {
                assertThat(user(after, login)).isEqualTo(login.role());
                assertThatThrownBy(() -> user(database, login))
                        .hasRootCauseMessage("FATAL: password authentication failed for user \"" + login.role() + "\"");
            }
        } finally {
            migrate(database, database.passwords());
        }
    }

    private static int migrate(Database database, Map<ServiceLogin, String> passwords) {
        return MigrateDatabase.migrate(
                database.jdbcUrl(), database.administrator(), database.administratorPassword(), passwords);
    }

    private static String user(Database database, ServiceLogin login) {
        return JdbcClient.create(database.dataSource(login))
                .sql("select current_user")
                .query(String.class)
                .single();
    }
}
