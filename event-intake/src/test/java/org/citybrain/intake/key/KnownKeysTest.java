package org.citybrain.intake.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.citybrain.access.BadKeyException;
import org.citybrain.access.KeysUnreadableException;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is known of the keys, on a clock that is set. */
class KnownKeysTest {

    private static final Instant START = Instant.parse("2026-07-01T08:30:00Z");
    private static final String SOURCE = "gw-17";

    private final Database database = Infrastructure.shared().newDatabase();
    private final DriverManagerDataSource connection =
            (DriverManagerDataSource) database.dataSource(ServiceLogin.INTAKE);
    private final PostgresKeys stored = new PostgresKeys(JdbcClient.create(connection));
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final KnownKeys known = new KnownKeys(
            stored,
            source -> Optional.empty(),
            clock(),
            new KeySettings(Duration.ofMillis(400), Duration.ofMinutes(5), null));
    private final KeyText key = KeyText.random();

    @BeforeEach
    void issue() {
        JdbcClient.create(connection).sql("""
                        insert into intake.source (source_id, types, datums, unit_codes, provenance, registered_at, updated_at)
                        values ('gw-17', '{}', '{WGS84}', '{50}', 'REGISTERED', now(), now())
                        """).update();
        stored.save(key.keyId(), SOURCE, key.hash(), START);
        stored.countChange();
        known.refresh();
    }

    @Test
    void a_key_is_good_until_it_ends_and_not_a_moment_longer() {
        stored.end(SOURCE, key.keyId(), START.plusSeconds(60));
        stored.countChange();
        known.refresh();

        now.set(START.plusSeconds(60).minusNanos(1));
        assertThat(known.check(key.reveal())).isEqualTo(new Gateway(SOURCE, key.keyId(), 0));
        now.set(START.plusSeconds(60));
        assertThatThrownBy(() -> known.check(key.reveal())).isInstanceOf(BadKeyException.class);
    }

    @Test
    void while_the_database_does_not_answer_what_is_known_counts_for_five_minutes() {
        connection.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        known.refreshInTime();
        assertThatThrownBy(known::refresh).isInstanceOf(DataAccessException.class);

        now.set(START.plus(Duration.ofMinutes(5)));
        assertThat(known.check(key.reveal()).sourceId()).isEqualTo(SOURCE);
        now.set(START.plus(Duration.ofMinutes(5)).plusNanos(1));
        assertThatThrownBy(() -> known.check(key.reveal())).isInstanceOf(KeysUnreadableException.class);

        connection.setUrl(database.jdbcUrl());
        known.refreshInTime();
        assertThat(known.check(key.reveal()).sourceId()).isEqualTo(SOURCE);
    }

    @Test
    void as_long_as_nothing_changes_the_keys_are_not_read_again() {
        JdbcClient.create(connection).sql("delete from intake.gateway_key").update();
        known.refresh();
        assertThat(known.check(key.reveal()).sourceId()).isEqualTo(SOURCE);

        stored.countChange();
        known.refresh();
        assertThatThrownBy(() -> known.check(key.reveal())).isInstanceOf(BadKeyException.class);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
