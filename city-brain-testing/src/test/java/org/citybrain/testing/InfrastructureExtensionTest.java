package org.citybrain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.util.function.Supplier;
import org.citybrain.infrastructure.CannotStart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What whoever runs the tests sees. The extension is found here as everywhere: by JUnit itself. */
class InfrastructureExtensionTest {

    private static final String MEND = "there is no database: install one";

    @Test
    void without_servers_a_class_fails_once_and_with_the_mend() {
        EngineExecutionResults seen = run(null, AsksInAField.class);

        assertThat(seen.testEvents().count()).isZero();
        seen.containerEvents()
                .failed()
                .assertEventsMatchExactly(container(finishedWithFailure(instanceOf(CannotStart.class), message(MEND))));
    }

    @Test
    void without_servers_a_class_that_asks_by_another_s_field_fails_once_and_with_the_mend() {
        EngineExecutionResults seen = run(null, AsksThroughAnother.class);

        assertThat(seen.testEvents().count()).isZero();
        seen.containerEvents()
                .failed()
                .assertEventsMatchExactly(container(finishedWithFailure(instanceOf(CannotStart.class), message(MEND))));
    }

    @Test
    void what_is_native_only_is_skipped_in_containers_with_its_reason() {
        run("containers", IsAboutThisMachine.class)
                .containerEvents()
                .skipped()
                .assertEventsMatchExactly(container(skippedWithReason("not in containers: asks this machine")));

        assertThat(run("native", IsAboutThisMachine.class)
                        .testEvents()
                        .succeeded()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_word_that_nobody_knows_fails_even_those_that_need_no_server() {
        EngineExecutionResults seen = run("docker", NeedsNothing.class);

        assertThat(seen.testEvents().count()).isZero();
        seen.containerEvents()
                .failed()
                .assertEventsMatchExactly(container(finishedWithFailure(
                        instanceOf(CannotStart.class),
                        message(said -> said.contains("expected native or containers")))));
    }

    @Test
    void when_all_tests_are_done_the_servers_are_gone() {
        String before = Infrastructure.shared().newDatabase().jdbcUrl();

        run(System.getProperty(ServerKind.PROPERTY), NeedsNothing.class);

        assertThat(Infrastructure.shared().newDatabase().jdbcUrl().replaceAll("/[^/]*$", ""))
                .as("the next one, on a new server")
                .isNotEqualTo(before.replaceAll("/[^/]*$", ""));
    }

    private static EngineExecutionResults run(@Nullable String kind, Class<?> tests) {
        return with(
                kind,
                () -> EngineTestKit.engine("junit-jupiter")
                        .enableImplicitConfigurationParameters(true)
                        .selectors(selectClass(tests))
                        .execute());
    }

    private static <T> T with(@Nullable String kind, Supplier<T> action) {
        String before = System.getProperty(ServerKind.PROPERTY);
        set(kind);
        try {
            return action.get();
        } finally {
            set(before);
        }
    }

    private static void set(@Nullable String kind) {
        if (kind == null) {
            System.clearProperty(ServerKind.PROPERTY);
        } else {
            System.setProperty(ServerKind.PROPERTY, kind);
        }
    }

    /** As a field with a new database does on a machine without servers. */
    private static String database() {
        throw new CannotStart(MEND);
    }

    static class AsksInAField {

        static final String DATABASE = database();

        @Test
        void one() {}

        @Test
        void other() {}
    }

    static class AsksThroughAnother {

        @BeforeAll
        static void ask() {
            assertThat(Another.DATABASE).isNotNull();
        }

        @Test
        void one() {}

        static final class Another {
            static final String DATABASE = database();
        }
    }

    @NativeOnly("asks this machine")
    static class IsAboutThisMachine {

        @Test
        void one() {}
    }

    static class NeedsNothing {

        @Test
        void one() {}
    }
}
