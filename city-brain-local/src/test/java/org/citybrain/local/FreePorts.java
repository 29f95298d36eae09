package org.citybrain.local;

import java.util.stream.IntStream;
import org.citybrain.infrastructure.Ports;

/** Room for one more local run beside all that runs already. */
final class FreePorts {

    private FreePorts() {}

    /** A base above which every port that a local run takes is free. */
    static LocalPorts find() {
        LocalPorts ports;
        do {
            ports = new LocalPorts(Ports.findFree());
        } while (!IntStream.rangeClosed(ports.base(), ports.postgis()).allMatch(Ports::isFree));
        return ports;
    }
}
