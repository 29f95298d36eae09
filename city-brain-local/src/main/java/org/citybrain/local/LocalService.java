package org.citybrain.local;

import java.util.List;
import org.citybrain.api.ApiApplication;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.grid.GridApplication;
import org.citybrain.intake.IntakeApplication;
import org.citybrain.migrations.ServiceLogin;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The four services, in the order in which they start: the map first, because the others read it. */
enum LocalService {
    GRID("grid-service", GridApplication.class, ServiceLogin.GRID),
    INTAKE("event-intake", IntakeApplication.class, ServiceLogin.INTAKE),
    DISPATCH("dispatch-service", DispatchApplication.class, ServiceLogin.DISPATCH),
    API("city-brain-api", ApiApplication.class, ServiceLogin.API);

    private final String applicationName;
    private final Class<?> application;
    private final ServiceLogin login;

    LocalService(String applicationName, Class<?> application, ServiceLogin login) {
        this.applicationName = applicationName;
        this.application = application;
        this.login = login;
    }

    /** The service's name, which is also the name of its settings file. */
    String applicationName() {
        return applicationName;
    }

    ServiceLogin login() {
        return login;
    }

    int port(LocalPorts ports) {
        return switch (this) {
            case GRID -> ports.grid();
            case INTAKE -> ports.intake();
            case DISPATCH -> ports.dispatch();
            case API -> ports.api();
        };
    }

    /** Starts it in this JVM; returns when it takes requests. It is closed by whoever started it, not by a hook of its own. */
    ConfigurableApplicationContext start(LocalEnvironment environment) {
        return new SpringApplicationBuilder(application)
                .properties("spring.config.name=" + applicationName)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(environment.argumentsFor(this));
    }

    List<String> demoSettings(String demoCity) {
        return switch (this) {
            case GRID -> List.of("city-brain.grid.demo-city=" + demoCity);
            case INTAKE -> List.of("city-brain.intake.demo-sources=" + !demoCity.equals("none"));
            case DISPATCH, API -> List.of();
        };
    }
}
