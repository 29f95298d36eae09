package org.citybrain.grid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

class LoadDemoCityTest {

    private static final Instant VALID_FROM = Instant.parse("2023-06-29T16:00:00Z");
    private static final Instant LATER = Instant.parse("2026-07-01T08:30:00Z");

    private final Database database = Infrastructure.shared().newDatabase();
    private final JdbcClient administrator = JdbcClient.create(database.administratorDataSource());

    @Test
    void two_instances_that_start_at_once_load_it_once() throws Exception {
        Callable<Void> start = () -> {
            try (var instance = new LoadingInstance(database, DemoSettings.Choice.SMALL, Clock.systemUTC())) {
                instance.loader().run(new DefaultApplicationArguments());
            }
            return null;
        };

        try (ExecutorService instances = Executors.newFixedThreadPool(2)) {
            for (Future<Void> instance : instances.invokeAll(List.of(start, start))) {
                instance.get();
            }
        }
        start.call();

        assertThat(count("grid.map_version")).isEqualTo(1);
        assertThat(count("grid.unit_version")).isEqualTo(count("grid.unit"));
    }

    @Test
    void a_load_that_was_killed_is_seen_by_nobody_and_goes_on_where_it_was(@TempDir Path folder) throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TwoDistricts.class.getName(),
                        database.jdbcUrl(),
                        database.password(ServiceLogin.GRID))
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "output"))
                .start();
        await().atMost(Duration.ofMinutes(2)).until(() -> count("grid.map_draft_part") >= 3);
        killed.destroyForcibly().waitFor();
        long partsBefore = count("grid.map_draft_part");
        long seenMeanwhile = count("grid.unit_view");

        load(database, TwoDistricts.plan(), LATER);

        assertThat(seenMeanwhile).isZero();
        assertThat(partsBefore).isPositive();
        assertThat(count("grid.map_version")).isOne();
        Database another = Infrastructure.shared().newDatabase();
        load(another, TwoDistricts.plan(), LATER);
        assertThat(contents(database)).isEqualTo(contents(another));
    }

    @Test
    void the_full_city_takes_the_place_of_the_small_one() {
        load(database, DemoPlan.small(), VALID_FROM);
        administrator.sql("""
                        insert into grid.layer_feature (layer, id, valid_from, kind, name, geometry, provenance)
                        values ('KEY_PLACE', 'ours', '2024-01-01T00:00:00Z', 'SCHOOL', 'ours',
                                st_setsrid(st_point(106.5784, 29.5582), 4326), 'REGISTERED')
                        """).update();
        administrator.sql("""
                        insert into grid.staff (account, unit_code, duty, shift_starts, shift_ends, provenance)
                        values ('ours', '500103001003001', 'GRID_WORKER', '08:00', '20:00', 'REGISTERED')
                        """).update();

        load(database, TwoDistricts.plan(), LATER);

        assertThat(count("grid.map_version where status = 'PUBLISHED'")).isEqualTo(2);
        assertThat(count("grid.unit_view where valid_to is null and map_version = 1"))
                .isZero();
        assertThat(count("grid.unit_view where map_version = 1 and valid_to = '2026-07-01T08:30:00Z'"))
                .isEqualTo(1_301);
        assertThat(count("grid.unit_view where valid_to is null and tier = 'MICRO_GRID'"))
                .isGreaterThan(2_000);
        assertThat(count("""
                (select from grid.unit_view where valid_from <= '2025-01-01' and (valid_to is null or valid_to > '2025-01-01')
                 group by code having count(*) <> 1) more_than_once
                """)).isZero();
        assertThat(count("grid.key_place_view where valid_to is null and id like 'demo-%'"))
                .isZero();
        assertThat(count("grid.key_place_view where valid_from < '2026-07-01T08:30:00Z' and id like 'demo-%'"))
                .isGreaterThan(100);
        assertThat(count("grid.key_place_view where valid_to is null and id = 'ours'"))
                .isOne();
        assertThat(count("grid.staff where account = 'ours'")).isOne();
        assertThat(count("""
                grid.staff s where not exists (
                    select from grid.unit_view u where u.code = s.unit_code and u.valid_to is null)
                """)).isZero();
        assertThat(count("""
                grid.unit_view u where u.tier = 'GRID' and u.valid_to is null
                    and not exists (select from grid.staff s where s.unit_code = u.code)
                """)).isZero();
    }

    @Test
    void the_small_city_does_not_take_the_place_of_a_larger_one_nor_either_of_a_map_of_ones_own() {
        load(database, TwoDistricts.plan(), LATER);
        long before = count("grid.unit_version");
        load(database, DemoPlan.small(), LATER.plusSeconds(60));
        assertThat(count("grid.unit_version")).isEqualTo(before);

        Database another = Infrastructure.shared().newDatabase();
        JdbcClient other = JdbcClient.create(another.administratorDataSource());
        other.sql("""
                insert into grid.map_version (effective_from, created_at, provenance, note)
                values ('2026-01-01T00:00:00Z', now(), 'IMPORTED', 'a map of one''s own')
                """).update();
        load(another, TwoDistricts.plan(), LATER);
        assertThat(other.sql("select count(*) from grid.unit_version")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void what_another_load_has_left_half_done_is_cleared_away() {
        administrator.sql("""
                        insert into grid.map_version (effective_from, created_at, provenance, note, status)
                        values ('2026-01-01T00:00:00Z', now(), 'IMPORTED', 'never finished', 'DRAFT')
                        """).update();

        load(database, DemoPlan.small(), LATER);

        assertThat(count("grid.map_version where status = 'PUBLISHED'")).isOne();
        assertThat(count("grid.map_version")).isOne();
    }

    private static void load(Database database, DemoPlan plan, Instant now) {
        try (var instance = new LoadingInstance(database, DemoSettings.Choice.NONE, Clock.fixed(now, ZoneOffset.UTC))) {
            instance.loader().load(plan);
        }
    }

    private static List<Object> contents(Database database) {
        JdbcClient reader = JdbcClient.create(database.administratorDataSource());
        return List.of(
                reader.sql("""
                        select code, name, population, st_asewkb(boundary)::text, st_asewkb(representative_point)::text,
                               valid_from, valid_to
                        from grid.unit_view order by code, valid_from
                        """).query().listOfRows(),
                reader.sql("""
                        select layer, id, kind, name, st_asewkb(geometry)::text, unit_code, department_code,
                               incident_types::text, valid_from, valid_to
                        from grid.layer_feature order by layer, id
                        """).query().listOfRows(),
                reader.sql("select code, name, unit_code from grid.department order by code")
                        .query()
                        .listOfRows(),
                reader.sql("select * from grid.staff order by account").query().listOfRows());
    }

    /** @param from a table or view, with what narrows it down */
    private long count(String from) {
        return administrator
                .sql("select count(*) from " + from)
                .query(Long.class)
                .single();
    }
}
