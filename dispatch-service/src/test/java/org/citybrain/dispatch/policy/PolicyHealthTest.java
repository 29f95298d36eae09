package org.citybrain.dispatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an operator sees of a policy that cannot be read, also after a restart. */
class PolicyHealthTest {

    private final Database database = Infrastructure.shared().newDatabase();
    private final JdbcClient administrator = JdbcClient.create(database.administratorDataSource());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PolicyMeters meters = new PolicyMeters(registry, Clock.systemUTC());

    @Test
    void a_policy_that_cannot_be_read_is_named_and_what_was_before_stays_in_use() {
        PostgresPolicies policies = start();
        assertThat(new PolicyHealth(policies, meters).health().getStatus()).isEqualTo(Status.UP);

        insert("routing", 2, "{\"rules\": {}}");
        policies.refresh();
        PostgresPolicies restarted = start();
        for (PostgresPolicies each : new PostgresPolicies[] {policies, restarted}) {
            assertThat(each.current().routing().version()).isEqualTo(1);
            Health health = new PolicyHealth(each, meters).health();
            assertThat(health.getStatus().getCode()).isEqualTo("STALE");
            assertThat(health.getDetails().get("routing").toString())
                    .startsWith("routing policy 2 cannot be read: /sliverShare is missing");
        }
        assertThat(registry.get("citybrain.dispatch.policy.unread").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("citybrain.dispatch.policy.failures").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("citybrain.dispatch.policy.version")
                        .tag("kind", "routing")
                        .gauge()
                        .value())
                .isEqualTo(1);

        administrator
                .sql("update dispatch.policy set document = (select document from dispatch.policy where kind ="
                        + " 'routing' and version = 1) where kind = 'routing' and version = 2")
                .update();
        policies.refresh();
        assertThat(policies.current().routing().version()).isEqualTo(2);
        assertThat(new PolicyHealth(policies, meters).health().getStatus()).isEqualTo(Status.UP);
        assertThat(registry.get("citybrain.dispatch.policy.unread").gauge().value())
                .isZero();
    }

    @Test
    void without_any_policy_of_a_kind_that_can_be_read_the_service_does_not_start() {
        administrator
                .sql("update dispatch.policy set document = '{}' where kind = 'grading'")
                .update();
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no effective grading policy in dispatch.policy that can be read");
    }

    private PostgresPolicies start() {
        return new PostgresPolicies(
                JdbcClient.create(database.dataSource(ServiceLogin.DISPATCH)), Clock.systemUTC(), meters);
    }

    private void insert(String kind, int version, String document) {
        administrator
                .sql("insert into dispatch.policy (kind, version, status, document, effective_from, created_at) "
                        + "values (:kind, :version, 'APPROVED', :document::jsonb, now(), now())")
                .param("kind", kind)
                .param("version", version)
                .param("document", document)
                .update();
    }
}
