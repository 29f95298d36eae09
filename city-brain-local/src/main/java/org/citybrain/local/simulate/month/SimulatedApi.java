package org.citybrain.local.simulate.month;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.access.SignedIn;
import org.citybrain.api.ApiApplication;
import org.citybrain.api.department.DepartmentScore;
import org.citybrain.api.department.DepartmentScores;
import org.citybrain.api.department.ListScores;
import org.citybrain.api.department.ScorePeriod;
import org.citybrain.api.subscription.PostgresReachWatch;
import org.citybrain.api.subscription.WatchReach;
import org.citybrain.local.bench.BenchCity;
import org.citybrain.messages.UnitCode;
import org.citybrain.migrations.ServiceLogin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** city-brain-api by the same jumping clock: it notices who cannot be reached, and serves departments' scores. */
final class SimulatedApi implements AutoCloseable {

    private static final int MOST_AT_ONCE = 100;
    private static final Person ANALYST = new Person("analyst", Set.of(Role.ANALYST), new UnitCode("50"), null);

    private final ConfigurableApplicationContext api;

    private SimulatedApi(ConfigurableApplicationContext api) {
        this.api = api;
    }

    static SimulatedApi start(BenchCity city, Clock clock, Path evidence, String never) {
        return new SimulatedApi(new SpringApplicationBuilder(ApiApplication.class)
                .properties("spring.config.name=city-brain-api")
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("jumpingClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
                .run(Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "spring.flyway.enabled=false",
                                        "city-brain.api.notice.listen=false",
                                        "CITY_BRAIN_KAFKA=127.0.0.1:1",
                                        "CITY_BRAIN_EVIDENCE_FOLDER=" + evidence,
                                        "CITY_BRAIN_DATABASE_URL=" + city.jdbcUrl(),
                                        "CITY_BRAIN_API_PASSWORD=" + city.password(ServiceLogin.API)),
                                Stream.of(
                                                "audit.anchor-every",
                                                "notice.sweep-every",
                                                "notice.show-every",
                                                "notice.clean-every",
                                                "webhook.look-every",
                                                "evidence.forget-every",
                                                "evidence.forget-left-every")
                                        .map(setting -> "city-brain.api." + setting + "=" + never))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new)));
    }

    /** Of which tasks it is watched whether somebody is told of them. */
    PostgresReachWatch reachWatch() {
        return api.getBean(PostgresReachWatch.class);
    }

    /** Tells of those whose unit was not reached in time. */
    void settleReach() {
        api.getBean(WatchReach.class).settle();
    }

    /** What {@code GET /v1/departments/scores} answers an analyst of the city, all pages. */
    List<DepartmentScore> scores(Instant from, Instant to) {
        SecurityContextHolder.setContext(new SecurityContextImpl(new SignedIn(ANALYST, "")));
        try {
            List<DepartmentScore> scores = new ArrayList<>();
            @Nullable String after = null;
            do {
                DepartmentScores page = api.getBean(ListScores.class)
                        .scores(new ScorePeriod(from, to, null), null, after, MOST_AT_ONCE);
                scores.addAll(page.items());
                after = page.nextCursor() == null
                        ? null
                        : page.items().getLast().department().code();
            } while (after != null);
            return scores;
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
