package org.citybrain.api.reach;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Says on each connection whom it serves, before anybody else can use it: never what the one before it was told.
 *
 * <p>Whose role sees no single incident, such as an analyst's, reaches none here either.
 */
final class PostgresReach extends DelegatingDataSource {

    private static final String SERVE =
            "select set_config('city_brain.unit', ?, false), set_config('city_brain.person', ?, false),"
                    + " set_config('city_brain.aggregates', ?, false), set_config('city_brain.department', ?, false)";

    private static final Set<Role> SEE_INCIDENTS =
            EnumSet.of(Role.OPERATOR, Role.GRID_WORKER, Role.DEPARTMENT, Role.ADMIN);

    /** A department sees its own figures only: those it sees by {@code city_brain.department}. */
    private static final Set<Role> SEE_FIGURES = EnumSet.of(Role.OPERATOR, Role.GRID_WORKER, Role.ANALYST, Role.ADMIN);

    PostgresReach(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            serve(connection, Person.findCurrent());
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private static void serve(Connection connection, Optional<Person> person) throws SQLException {
        try (PreparedStatement serve = connection.prepareStatement(SERVE)) {
            serve.setString(1, person.map(PostgresReach::unit).orElse(""));
            serve.setString(2, person.map(Person::name).orElse(""));
            serve.setString(3, person.map(PostgresReach::unitOfFigures).orElse(""));
            serve.setString(4, person.map(PostgresReach::department).orElse(""));
            serve.execute();
        }
    }

    private static String unit(Person person) {
        return person.roles().stream().anyMatch(SEE_INCIDENTS::contains) ? ownUnit(person) : "";
    }

    private static String unitOfFigures(Person person) {
        return person.roles().stream().anyMatch(SEE_FIGURES::contains) ? ownUnit(person) : "";
    }

    /** Only in the role of a department does somebody speak for one. */
    private static String department(Person person) {
        return person.is(Role.DEPARTMENT) && person.department() != null ? person.department() : "";
    }

    private static String ownUnit(Person person) {
        return person.unit() == null ? "" : person.unit().digits();
    }
}
