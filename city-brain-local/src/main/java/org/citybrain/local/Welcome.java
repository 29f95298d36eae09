package org.citybrain.local;

/** What is printed when all is up: where everything is, and the first thing to try. */
final class Welcome {

    private Welcome() {}

    static void print(LocalSettings settings, Progress progress) {
        LocalPorts ports = settings.ports();
        progress.say("""

                City Brain is ready after %.1f s.

                  post reports to     %s/v1/reports
                  read incidents at   %s/v1/incidents
                  the map's units     %s/v1/units?tier=CITY
                  how each API works  %s/v3/api-docs (and at the other three)

                Try it: a grid worker reports a flooded street with 640 people, at the place of a grid.

                  grid=$(curl -s '%s/v1/units?tier=GRID&limit=1')
                  point=$(echo "$grid" | grep -o '"representativePoint":{[^}]*}' | head -1 | cut -d: -f2-)
                  curl -s %s/v1/reports -H 'Content-Type: application/json' -d '{
                    "source": {"kind": "GRID_WORKER", "id": "grid-worker"}, "type": "flood.waterlogging",
                    "occurredAt": "'$(date -u +%%FT%%TZ)'", "peopleAffected": 640,
                    "location": '"${point%%\\}}"', "datum": "WGS84"}}'

                Its data are in %s. To stop it: ./city-brain down""".formatted(
                        progress.secondsSoFar(),
                        LocalPorts.url(ports.intake()),
                        LocalPorts.url(ports.api()),
                        LocalPorts.url(ports.grid()),
                        LocalPorts.url(ports.api()),
                        LocalPorts.url(ports.grid()),
                        LocalPorts.url(ports.intake()),
                        settings.folder().toAbsolutePath().normalize()));
    }
}
