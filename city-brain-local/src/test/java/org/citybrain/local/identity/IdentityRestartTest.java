package org.citybrain.local.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.citybrain.infrastructure.Ports;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the folder and the database keep while the server is down. */
class IdentityRestartTest {

    @TempDir
    Path folder;

    @Test
    void accounts_passwords_and_keys_outlive_a_restart_and_who_was_missing_is_added() throws Exception {
        Database database = Infrastructure.shared().newDatabase();
        String passwords;
        String token;
        int port = Ports.findFree();
        try (var first = new IdentityRun(database, folder, port)) {
            token = first.token("admin");
            assertThat(names(first, token)).as("without a map").containsExactly("admin", "city-operator");
            first.put("/v1/accounts/city-operator", token, """
                    {"roles": ["ANALYST"], "unit": "50", "enabled": true}""");
            passwords = Files.readString(folder.resolve("secrets/people"));
        }
        OneChain.load(database);

        try (var second = new IdentityRun(database, folder, port)) {
            assertThat(second.verify(token).getSubject()).isEqualTo("admin");
            assertThat(names(second, token)).hasSize(9).contains("grid-worker");
            assertThat(Files.readString(folder.resolve("secrets/people"))).startsWith(passwords);
            assertThat(second.verify(second.token("city-operator")).getClaimAsStringList("roles"))
                    .as("an account that is there stays as it is")
                    .containsExactly("ANALYST");
        }
    }

    @Test
    void demo_people_whose_passwords_are_lost_get_new_ones() throws Exception {
        Database database = Infrastructure.shared().newDatabase();
        String lost;
        try (var first = new IdentityRun(database, folder)) {
            lost = first.password("admin");
        }
        Files.delete(folder.resolve("secrets/people"));

        try (var second = new IdentityRun(database, folder)) {
            assertThat(second.password("admin")).isNotEqualTo(lost);
            assertThat(second.token("admin")).isNotEmpty();
        }
    }

    private static List<String> names(IdentityRun identity, String token) throws Exception {
        return StreamSupport.stream(
                        identity.get("/v1/accounts", token).body().get("items").spliterator(), false)
                .map(account -> account.get("name").asString())
                .toList();
    }
}
