package org.citybrain.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class IntakeLayoutTest {

    private JdbcClient intake;

    @BeforeEach
    void july_and_august() {
        intake = JdbcClient.create(Infrastructure.shared().newDatabase().dataSource(ServiceLogin.INTAKE));
        ensurePartitions();
    }

    @Test
    void a_refusal_lies_in_the_month_in_which_it_was_received_and_counts_once() {
        ensurePartitions();
        refusal();

        assertThat(intake.sql("select tableoid::regclass::text from intake.refused_report")
                        .query(String.class)
                        .list())
                .containsExactly("intake.refused_report_2026_07");
        assertThatThrownBy(this::refusal).rootCause().hasMessageContaining("refused_report_2026_07_pkey");
    }

    @Test
    void a_source_without_datum_or_with_an_unknown_one_is_refused() {
        assertThatThrownBy(() -> source("{}")).rootCause().hasMessageContaining("source_datums_check");
        assertThatThrownBy(() -> source("{WGS84,TOKYO}")).rootCause().hasMessageContaining("source_datums_check");
        source("{WGS84,GCJ02}");
    }

    private void ensurePartitions() {
        intake.sql("select intake.ensure_partitions('2026-07-10Z', '2026-08-10Z')::text")
                .query(String.class)
                .single();
    }

    private void refusal() {
        intake.sql("""
                insert into intake.refused_report (received_at, partition, record_offset, source_id, reason, detail)
                values ('2026-07-31 23:59:59.999Z', 0, 7, 'gw-1', 'TOO_LATE', '')""").update();
    }

    private void source(String datums) {
        intake.sql("""
                insert into intake.source (source_id, types, datums, unit_codes, provenance, registered_at, updated_at)
                values ('gw-1', '{}', cast(:datums as text[]), '{50}', 'SYNTHETIC', '2026-07-01Z', '2026-07-01Z')""").param("datums", datums).update();
    }
}
