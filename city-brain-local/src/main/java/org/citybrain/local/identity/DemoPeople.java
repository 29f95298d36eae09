package org.citybrain.local.identity;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.citybrain.access.Role;
import org.citybrain.local.identity.Account.Provenance;
import org.citybrain.local.secret.RandomPassword;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Adds the demo people that are missing, at every start: one at each tier of one real chain of the map, and one of each other
 * role; with an empty map, only those who need none. Each gets a random password, and a new one when the file of passwords
 * has lost it. An account that is there stays as it is.
 */
@Component
class DemoPeople implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DemoPeople.class);
    private static final UnitCode MODEL_CITY = new UnitCode("50");

    /** The end of the code of a department that each district of the demo city has. */
    private static final String DEMO_DEPARTMENT = "-urban-management";

    private final PostgresAccounts accounts;
    private final PeopleFile passwords;
    private final PasswordEncoder encoder;
    private final Clock clock;

    DemoPeople(PostgresAccounts accounts, PeopleFile passwords, PasswordEncoder encoder, Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.encoder = encoder;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        for (Account person : accounts.findDemoGrid().map(this::ofChain).orElseGet(this::ofNoMap)) {
            if (accounts.find(person.name()).isEmpty()) {
                accounts.put(person);
                LOG.info("Demo account {} made", person.name());
            }
            if (passwords.find(person.name()).isEmpty()) {
                String password = RandomPassword.next();
                // In this order: what stops between the two is mended by the next start.
                accounts.setPassword(person.name(), requireNonNull(encoder.encode(password)), clock.instant());
                passwords.remember(person.name(), password);
            }
        }
    }

    private List<Account> ofNoMap() {
        return List.of(
                person("city-operator", Role.OPERATOR, MODEL_CITY, null),
                person("admin", Role.ADMIN, MODEL_CITY, null));
    }

    private List<Account> ofChain(UnitCode grid) {
        UnitCode city = grid.at(Tier.CITY);
        UnitCode district = grid.at(Tier.DISTRICT);
        return List.of(
                person("city-operator", Role.OPERATOR, city, null),
                person("district-operator", Role.OPERATOR, district, null),
                person("street-operator", Role.OPERATOR, grid.at(Tier.STREET), null),
                person("community-operator", Role.OPERATOR, grid.at(Tier.COMMUNITY), null),
                person("grid-worker", Role.GRID_WORKER, grid, null),
                person("department", Role.DEPARTMENT, district, district + DEMO_DEPARTMENT),
                person("analyst", Role.ANALYST, city, null),
                person("admin", Role.ADMIN, city, null),
                person("integrator", Role.INTEGRATOR, null, null));
    }

    private Account person(String name, Role role, @Nullable UnitCode unit, @Nullable String department) {
        SortedSet<Role> roles = new TreeSet<>(List.of(role));
        return new Account(name, roles, unit, department, true, Provenance.SYNTHETIC, clock.instant());
    }
}
