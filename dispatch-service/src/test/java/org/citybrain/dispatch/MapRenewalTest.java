package org.citybrain.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Boundaries are reformed while reports flow: an ordinary day. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.map-interval=50ms",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.relay-age-interval=1h",
            "city-brain.dispatch.waiting-interval=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MapRenewalTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final Instant BEGAN = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    private final SplittableRandom random = new SplittableRandom(3);
    private long nextOffset;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
    }

    @Test
    void while_reports_flow_a_reform_comes_into_force_and_every_decision_fits_the_map_that_it_names() throws Exception {
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        while (currentMap.get().isEmpty()) {
            Thread.sleep(20);
        }
        flowUntil(BEGAN.plusSeconds(1));
        // One version to come and then another, which is published while the first may be on its way into memory.
        Instant moment = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.MICROS);
        long reform = SquareCity.reform(DATABASE.administratorDataSource(), moment);
        process(batch());
        long renamed = SquareCity.rename(
                DATABASE.administratorDataSource(), "500199001001001", "a better name", moment.plusSeconds(1));
        flowUntil(moment.plusSeconds(2));
        while (currentMap.get().version() != renamed) {
            Thread.sleep(20);
        }
        process(batch());

        assertThat(all("select distinct outcome from dispatch.batch_outcome order by outcome"))
                .containsExactly("MERGED", "OPENED");
        assertThat(numbers("select sum(reports) from dispatch.batch_outcome")).containsExactly(nextOffset);
        assertThat(numbers("select distinct map_version from dispatch.incident order by map_version"))
                .containsExactly(1L, reform, renamed);
        // Opened on the version of that moment.
        assertThat(all("""
                        select i.id || ' opened at ' || e.recorded_at || ' on version ' || i.map_version
                        from dispatch.incident i join dispatch.incident_event e on e.incident_id = i.id and e.kind = 'OPENED'
                        where i.map_version <> (select m.id from grid.map_version m where m.effective_from <= e.recorded_at
                                                order by m.effective_from desc limit 1)
                        """)).isEmpty();
        // Every unit that is named is of the version that is named, also where later reports were merged into it.
        assertThat(all("""
                        select distinct n.id || ' names ' || n.code || ', which is not of version ' || n.map_version
                        from (select i.id, i.map_version, unnest(i.unit_codes || i.grid_code || i.commanding_unit) as code
                              from dispatch.incident i
                              union all
                              select i.id, i.map_version, t.unit_code
                              from dispatch.incident i join dispatch.task t on t.incident_id = i.id) n
                             join grid.map_version m on m.id = n.map_version
                        where not exists (select from grid.unit_version v
                                          where v.code = n.code and v.valid_from <= m.effective_from
                                            and (v.valid_to is null or v.valid_to > m.effective_from))
                        """)).isEmpty();
        assertThat(all("select distinct grade ->> 'mapVersion' from dispatch.incident where map_version = 1"))
                .containsExactly("1");
        assertThat(numbers("""
                        select count(*) from dispatch.incident i
                        where i.map_version = 1 and exists (select from dispatch.report r
                                                            where r.incident_id = i.id and r.grid_code like '500199%')
                        """).getFirst())
                .as("incidents from before the reform that have taken in reports since")
                .isPositive();
    }

    private void flowUntil(Instant end) {
        while (Instant.now().isBefore(end)) {
            process(batch());
        }
    }

    /** Reports all over the city, each an incident of its own, and one more of a place where something is going on all day. */
    private ReportBuilder[] batch() {
        List<ReportBuilder> reports = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            reports.add(report().inGrid(random.nextInt(16))
                    .radius(50 + random.nextInt(1_500))
                    .occurredAt(BEGAN.minus(Duration.ofHours(nextOffset + i))));
        }
        int place = random.nextInt(4);
        reports.add(report().at(SquareCity.longitudeOf(place) + 0.004, SquareCity.latitude() + 0.004)
                .radius(50 + random.nextInt(1_500))
                .occurredAt(BEGAN));
        return reports.toArray(ReportBuilder[]::new);
    }

    private void process(ReportBuilder... reports) {
        List<ConsumedReport> consumed = Arrays.stream(reports)
                .map(report -> readReports.read(report.polled(0, nextOffset++)))
                .toList();
        pipeline.process(consumed);
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }

    private static List<Long> numbers(String sql) {
        return ADMINISTRATOR.sql(sql).query(Long.class).list();
    }
}
