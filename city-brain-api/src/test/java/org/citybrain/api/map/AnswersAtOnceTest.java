package org.citybrain.api.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.citybrain.api.problem.ProblemReason;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

class AnswersAtOnceTest {

    private final AnswersAtOnce answersAtOnce = new AnswersAtOnce(new MapSettings(2));
    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void one_more_than_may_be_sent_at_once_is_told_to_come_again() throws IOException {
        answersAtOnce.answer(() -> answersAtOnce.answer(() -> {
            sent.incrementAndGet();
            assertThatThrownBy(() -> answersAtOnce.answer(sent::incrementAndGet))
                    .isInstanceOfSatisfying(ErrorResponseException.class, busy -> {
                        assertThat(busy.getStatusCode().value()).isEqualTo(503);
                        assertThat(busy.getBody().getProperties()).containsEntry("reason", ProblemReason.MAP_BUSY);
                        assertThat(busy.getHeaders().getFirst("Retry-After")).isEqualTo("2");
                    });
        }));

        assertThat(sent).hasValue(1);
    }

    @Test
    void a_reader_who_went_away_gives_the_place_back() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> answersAtOnce.answer(() -> {
                        throw new IOException("gone");
                    }))
                    .hasMessage("gone");
        }

        answersAtOnce.answer(sent::incrementAndGet);

        assertThat(sent).hasValue(1);
    }
}
