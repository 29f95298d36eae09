package org.citybrain.api.map;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.springframework.stereotype.Component;

/** Bounds how many answers with all that is open are in memory: an answer holds its place until its last byte is sent. */
@Component
class AnswersAtOnce {

    private final Semaphore places;
    private final int most;

    AnswersAtOnce(MapSettings settings) {
        this.most = settings.atOnce();
        this.places = new Semaphore(most);
    }

    /** @throws org.springframework.web.ErrorResponseException a 503 problem where none is free */
    void answer(Answer answer) throws IOException {
        if (!places.tryAcquire()) {
            throw Problem.of(
                    ProblemReason.MAP_BUSY,
                    "%d lists of open incidents are being sent: expected fewer, come again".formatted(most),
                    null);
        }
        try {
            answer.send();
        } finally {
            places.release();
        }
    }

    /** Makes the answer and sends it. */
    @FunctionalInterface
    interface Answer {

        void send() throws IOException;
    }
}
