package org.citybrain.testing;

import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.citybrain.migrations.ServiceLogin;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * One migrated database of the shared cluster.
 *
 * @param passwords the password of each service's login
 */
public record Database(
        String jdbcUrl, String administrator, String administratorPassword, Map<ServiceLogin, String> passwords) {

    public Database {
        passwords = Map.copyOf(passwords);
    }

    public String password(ServiceLogin login) {
        return Objects.requireNonNull(passwords.get(login));
    }

    /** A new connection as the administrator for each request: for set-up and for looking behind the scenes. */
    public DataSource administratorDataSource() {
        return dataSource(administrator, administratorPassword);
    }

    /** A new connection with a service's own rights for each request. */
    public DataSource dataSource(ServiceLogin login) {
        return dataSource(login.role(), password(login));
    }

    private DataSource dataSource(String user, String password) {
        return new DriverManagerDataSource(jdbcUrl, user, password);
    }
}
