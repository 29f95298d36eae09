package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citybrain.local.secret.RandomPassword;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakedSecretsTest {

    @TempDir
    Path folder;

    final String password = RandomPassword.next();

    @BeforeEach
    void a_run_with_a_password() throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/people"), "city-operator " + password + "\n");
        Files.createDirectories(folder.resolve("logs"));
    }

    @Test
    void a_log_with_names_alone_is_clean() throws IOException {
        log("Demo account city-operator made");

        assertThat(LeakedSecrets.find(folder)).isEmpty();
    }

    @Test
    void a_password_is_found_wherever_it_stands() throws IOException {
        log("signed in\njdbc:postgresql://127.0.0.1/?password=" + password + "&ssl=false");

        assertThat(LeakedSecrets.find(folder)).containsExactly("logs/city-brain.log:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer eyJhbGciOiJSUzI1NiJ9xyz.eyJzdWIiOiJhIn0.c2ln",
                "key cbk_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef issued"
            })
    void a_token_or_a_key_is_found_though_it_lies_in_no_file(String line) throws IOException {
        log(line);

        assertThat(LeakedSecrets.find(folder)).containsExactly("logs/city-brain.log:1");
    }

    private void log(String text) throws IOException {
        Files.writeString(folder.resolve("logs/city-brain.log"), text + "\n");
    }
}
