package org.citybrain.local.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.citybrain.access.Role;
import org.citybrain.local.identity.Account.Provenance;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The accounts in schema {@code identity}; and of the map, one grid for the demo people to stand in. */
@Repository
class PostgresAccounts {

    private static final String LIST = """
            select name, roles, unit, department, enabled, provenance, updated_at
            from identity.account
            where name > :after
            order by name
            limit :limit
            """;

    private static final String FIND = """
            select name, roles, unit, department, enabled, provenance, updated_at
            from identity.account
            where name = :name
            """;

    private static final String FIND_PASSWORD_HASH = """
            select password_hash from identity.account where name = :name and enabled
            """;

    private static final String PUT = """
            insert into identity.account (name, roles, unit, department, enabled, provenance, updated_at)
            values (:name, :roles, :unit, :department, :enabled, :provenance, :updatedAt)
            on conflict (name) do update
            set roles = excluded.roles, unit = excluded.unit, department = excluded.department,
                enabled = excluded.enabled, updated_at = excluded.updated_at
            """;

    private static final String SET_PASSWORD = """
            update identity.account set password_hash = :hash, updated_at = :at where name = :name
            """;

    /** The place of the README's first report, in the middle of the model city, where there is such a grid. */
    private static final String DEMO_GRID = """
            (select code from grid.unit_view
             where tier = 'GRID' and valid_to is null
               and st_covers(boundary, st_setsrid(st_makepoint(106.5784, 29.5582), 4326))
             order by code limit 1)
            union all
            (select code from grid.unit_view where tier = 'GRID' and valid_to is null order by code limit 1)
            limit 1
            """;

    private final JdbcClient jdbc;

    PostgresAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of their names, those after the given one. */
    List<Account> list(String after, int limit) {
        return jdbc.sql(LIST)
                .param("after", after)
                .param("limit", limit)
                .query(PostgresAccounts::account)
                .list();
    }

    Optional<Account> find(String name) {
        return jdbc.sql(FIND)
                .param("name", name)
                .query(PostgresAccounts::account)
                .optional();
    }

    /** The hash, with its algorithm in front; empty when there is no such account, or it is disabled or has no password. */
    Optional<String> findPasswordHash(String name) {
        return jdbc.sql(FIND_PASSWORD_HASH)
                .param("name", name)
                .query((row, number) -> Optional.ofNullable(row.getString("password_hash")))
                .optional()
                .flatMap(hash -> hash);
    }

    /** Adds or changes an account. Its password stays; the provenance of one that is there does as well. */
    void put(Account account) {
        jdbc.sql(PUT)
                .param("name", account.name())
                .param("roles", account.roles().stream().map(Role::name).toArray(String[]::new))
                .param("unit", Objects.toString(account.unit(), null))
                .param("department", account.department())
                .param("enabled", account.enabled())
                .param("provenance", account.provenance().name())
                .param("updatedAt", atUtc(account.updatedAt()))
                .update();
    }

    /** Whether there is such an account. */
    boolean setPassword(String name, String hash, Instant at) {
        return jdbc.sql(SET_PASSWORD)
                        .param("name", name)
                        .param("hash", hash)
                        .param("at", atUtc(at))
                        .update()
                == 1;
    }

    /** The grid that the README's first report is from, or else the one with the lowest code; empty when the map is. */
    Optional<UnitCode> findDemoGrid() {
        return jdbc.sql(DEMO_GRID).query(String.class).optional().map(UnitCode::new);
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        var roles = new TreeSet<Role>();
        Arrays.stream((String[]) row.getArray("roles").getArray())
                .map(Role::valueOf)
                .forEach(roles::add);
        return new Account(
                row.getString("name"),
                roles,
                unit(row.getString("unit")),
                row.getString("department"),
                row.getBoolean("enabled"),
                Provenance.valueOf(row.getString("provenance")),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable UnitCode unit(@Nullable String code) {
        return code == null ? null : new UnitCode(code);
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
