package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.citybrain.infrastructure.Ports;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one JVM for all four hides: each service must also stand alone, with its own jar, settings and nothing else. */
class ServiceAloneIT {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY") // a part of the local run, without a jar of its own
    void each_service_is_healthy_when_it_is_started_alone_from_its_own_jar(LocalService service) throws Exception {
        Infrastructure infrastructure = Infrastructure.shared();
        var environment = infrastructure.environment(infrastructure.newDatabase());

        try (var process = ServiceProcess.start(service, Ports.findFree(), environment)) {
            assertThatCode(process::awaitHealthy).doesNotThrowAnyException();
        }
    }
}
