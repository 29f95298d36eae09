package org.citybrain.dispatch.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class IncidentNumberTest {

    private final Database database = Infrastructure.shared().newDatabase();
    private final JdbcClient administrator = JdbcClient.create(database.administratorDataSource());

    @Test
    void numbers_read_the_same_here_and_in_the_database() {
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            Instant openedAt = Instant.ofEpochSecond(random.nextLong(1_600_000_000L, 2_000_000_000L));
            long number = random.nextLong(1, i % 2 == 0 ? 1_000_000 : 100_000_000);
            assertThat(IncidentNumber.readable(openedAt, number))
                    .isEqualTo(administrator
                            .sql("select dispatch.readable_number(:opened_at, :number)")
                            .param("opened_at", openedAt.atOffset(ZoneOffset.UTC))
                            .param("number", number)
                            .query(String.class)
                            .single());
        }
    }
}
