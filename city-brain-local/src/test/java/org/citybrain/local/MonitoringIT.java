package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;

/** What Prometheus watches and Grafana draws for the containers is what the services measure: a metric renamed is a blind eye. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class MonitoringIT {

    private static final Path DOCKER = Path.of("..", "docker");
    /** In an expression: our own, and those of the JVM, the pool and the web server. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(citybrain|jvm|hikaricp|http_server|process|system)_[a-z0-9_]+");

    @Test
    void every_metric_of_the_alerts_and_the_dashboard_is_measured() throws Exception {
        Set<String> watched = new TreeSet<>();
        for (String file : List.of("prometheus/rules.yml", "grafana/dashboards/city-brain.json")) {
            METRIC.matcher(Files.readString(DOCKER.resolve(file)))
                    .results()
                    .map(MatchResult::group)
                    .forEach(watched::add);
        }
        RunningCity.client().listGrids();

        Set<String> measured = measured();

        assertThat(watched).as("what is looked for").contains("citybrain_dispatch_latency_seconds_bucket");
        assertThat(watched).isSubsetOf(measured);
    }

    private static Set<String> measured() throws Exception {
        LocalPorts ports = RunningCity.ports();
        String token = FetchToken.fetch(RunningCity.folder(), ports, "admin");
        Set<String> names = new TreeSet<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int port : List.of(ports.api(), ports.intake(), ports.dispatch(), ports.grid())) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(LocalPorts.url(port) + "/actuator/prometheus"))
                        .header("Authorization", "Bearer " + token)
                        .build();
                try (Stream<String> lines =
                        http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
                    names.addAll(lines.filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("[{ ]", 2)[0])
                            .collect(Collectors.toSet()));
                }
            }
        }
        return names;
    }
}
