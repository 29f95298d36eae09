package org.citybrain.local;

import java.util.List;
import org.citybrain.api.ApiApplication;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.grid.GridApplication;
import org.citybrain.intake.IntakeApplication;
import org.citybrain.local.identity.IdentityApplication;
import org.citybrain.migrations.ServiceLogin;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The four services and the local identity server, in the order in which they start: the map first, because the others read
 * it; the identity server next, because the others believe it.
 */
enum LocalService {
    GRID("grid-service", GridApplication.class, ServiceLogin.GRID),
    IDENTITY("identity-server", IdentityApplication.class, ServiceLogin.IDENTITY),
    INTAKE("event-intake", IntakeApplication.class, ServiceLogin.INTAKE),
    DISPATCH("dispatch-service", DispatchApplication.class, ServiceLogin.DISPATCH),
    API("city-brain-api", ApiApplication.class, ServiceLogin.API);

    /** The file, among the secrets, that holds the demo gateway's key. */
    public static final String DEMO_KEY = "demo-gateway-key";

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
            case IDENTITY -> ports.identity();
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

    /** What this service is told and no other. */
    List<String> ownSettings(LocalEnvironment environment) {
        return switch (this) {
            case GRID -> List.of("city-brain.grid.demo-city=" + environment.demoCity());
            case IDENTITY ->
                List.of(
                        "city-brain.identity.secrets=" + environment.secrets(),
                        "CITY_BRAIN_DASHBOARD_SECRET=" + environment.passwords().dashboard());
            case INTAKE ->
                List.of(
                        "city-brain.intake.demo-sources="
                                + !environment.demoCity().equals("none"),
                        "CITY_BRAIN_DEMO_KEY_FILE=" + environment.secrets().resolve(DEMO_KEY));
            case DISPATCH -> List.of();
            case API ->
                List.of(
                        "CITY_BRAIN_DASHBOARD_SECRET=" + environment.passwords().dashboard(),
                        "CITY_BRAIN_WEBHOOK_KEY=" + environment.passwords().webhooks(),
                        "CITY_BRAIN_EVIDENCE_FOLDER=" + environment.secrets().resolveSibling("evidence"));
        };
    }
}
