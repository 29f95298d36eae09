package org.citybrain.local;

import java.util.List;

/**
 * The eight ports of one local run, all on 127.0.0.1, counted from one base: the services first, what they stand on from
 * ten further on.
 *
 * @param base the API's port; 8080 unless another is asked for
 */
public record LocalPorts(int base) {

    public static final int DEFAULT_BASE = 8080;

    public LocalPorts {
        if (base < 1024 || base > 65_000) {
            throw new IllegalArgumentException("the port base must lie between 1024 and 65000, not " + base);
        }
    }

    public int api() {
        return base;
    }

    public int intake() {
        return base + 1;
    }

    public int dispatch() {
        return base + 2;
    }

    public int grid() {
        return base + 3;
    }

    public int identity() {
        return base + 4;
    }

    public int kafka() {
        return base + 11;
    }

    public int kafkaController() {
        return base + 12;
    }

    public int postgis() {
        return base + 13;
    }

    List<Integer> listOfServices() {
        return List.of(api(), intake(), dispatch(), grid(), identity());
    }

    /** Where a service is reached, such as {@code http://127.0.0.1:8080}. */
    public static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
