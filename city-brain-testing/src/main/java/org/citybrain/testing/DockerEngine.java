package org.citybrain.testing;

import org.citybrain.infrastructure.CannotStart;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that Testcontainers finds: by {@code DOCKER_HOST}, the usual socket, or its own settings file. */
final class DockerEngine {

    private DockerEngine() {}

    static boolean answers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static void require() {
        if (!answers()) {
            throw new CannotStart(
                    "no Docker engine answers, and the tests are to run in containers: start Docker, or run"
                            + " them with -D" + ServerKind.PROPERTY + "=native");
        }
    }
}
