package org.citybrain.local;

import java.nio.file.Path;

/** What is printed when all is up: where everything is, and the first thing to try. */
final class Welcome {

    private Welcome() {}

    static void print(LocalSettings settings, Progress progress) {
        LocalPorts ports = settings.ports();
        Path folder = settings.folder().toAbsolutePath().normalize();
        progress.say("""

                City Brain is ready after %.1f s.

                  post reports to     %s/v1/reports
                  read incidents at   %s/v1/incidents
                  the map's units     %s/v1/units?tier=CITY
                  people sign in at   %s (their passwords: %s)
                  how each API works  %s/v3/api-docs (and at the others)

                Try it: a grid worker reports a flooded street with 640 people, in the own grid; an operator sees it.

                  worker=$(./city-brain token grid-worker)
                  curl -s %s/v1/reports -H "Authorization: Bearer $worker" -H 'Content-Type: application/json' -d '{
                    "source": {"kind": "GRID_WORKER", "id": "grid-worker"}, "type": "flood.waterlogging",
                    "occurredAt": "'$(date -u +%%FT%%TZ)'", "peopleAffected": 640,
                    "location": {"longitude": 106.5784, "latitude": 29.5582, "datum": "WGS84"}}'
                  curl -s -H "Authorization: Bearer $(./city-brain token city-operator)" %s/v1/incidents

                Its data are in %s. To stop it: ./city-brain down""".formatted(
                        progress.secondsSoFar(),
                        LocalPorts.url(ports.intake()),
                        LocalPorts.url(ports.api()),
                        LocalPorts.url(ports.grid()),
                        LocalPorts.url(ports.identity()),
                        folder.resolve("secrets/people"),
                        LocalPorts.url(ports.api()),
                        LocalPorts.url(ports.intake()),
                        LocalPorts.url(ports.api()),
                        folder));
    }
}
