package org.citybrain.intake.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.citybrain.intake.IntakeTest;
import org.junit.jupiter.api.Test;

class ReceiveReportsTest extends IntakeTest {

    @Test
    void a_report_is_accepted_and_lies_on_its_topic() {
        UUID id = UUID.randomUUID();

        Answer answer = postReport(report(id));

        assertThat(answer.response().body()).isEqualTo("?");
    }
}
