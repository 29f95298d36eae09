package org.citybrain.infrastructure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on 127.0.0.1. */
public final class Ports {

    /** Below the ports that Linux hands out to outgoing connections (from 32768), so that none of those takes one first. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    /** Given out here: two that are asked for one after the other are two, though nothing listens on the first yet. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** Whether nothing listens on this port of 127.0.0.1. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** A port on which nothing listens, between 20000 and 32000, each time another. */
    public static int findFree() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new CannotStart("no free port was found between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1");
    }

    static void requireFree(int port, String what) {
        if (!isFree(port)) {
            throw new CannotStart("port " + port + ", wanted for " + what
                    + ", is taken by another program: stop that program, or choose another port");
        }
    }
}
