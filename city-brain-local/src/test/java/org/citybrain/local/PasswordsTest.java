package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.citybrain.infrastructure.CannotStart;
import org.citybrain.migrations.ServiceLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {

    @TempDir
    Path folder;

    @Test
    void they_are_made_once_and_only_the_owner_can_read_them() throws Exception {
        Passwords made = Passwords.readOrMake(folder);

        assertThat(Passwords.readOrMake(folder)).isEqualTo(made);
        assertThat(made.ofServices()).containsOnlyKeys(ServiceLogin.values());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets/passwords"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_of_an_older_version_is_completed_and_what_stands_in_it_stays() throws Exception {
        Files.createDirectories(folder.resolve("postgis/data"));
        Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(
                folder.resolve("secrets/passwords"),
                "#Mon Nov 23 2026\nadministrator=a\napi=b\ndispatch=c\ngrid=d\nintake=e\n");

        Passwords completed = Passwords.readOrMake(folder);

        assertThat(completed.administrator()).isEqualTo("a");
        assertThat(completed.ofServices()).containsEntry(ServiceLogin.API, "b").containsEntry(ServiceLogin.INTAKE, "e");
        assertThat(completed.ofServices().get(ServiceLogin.IDENTITY)).hasSize(48);
        assertThat(Passwords.readOrMake(folder)).isEqualTo(completed);
    }

    @Test
    void without_the_administrator_s_a_database_that_is_there_cannot_be_opened() throws Exception {
        Files.createDirectories(folder.resolve("postgis/data"));

        assertThatThrownBy(() -> Passwords.readOrMake(folder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("bring back");
    }
}
