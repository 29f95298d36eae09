package org.citybrain.local.identity;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import org.citybrain.access.secret.SecretFile;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code city-brain.identity.*}.
 *
 * @param secrets the folder that only its owner can enter. {@code .city-brain/secrets}
 * @param dashboard where a person goes who signed in without being asked to. http://127.0.0.1:8080
 */
@Validated
@ConfigurationProperties("city-brain.identity")
record IdentitySettings(@NotNull Path secrets, @NotNull URI dashboard) {

    SecretFile file(String name) {
        return new SecretFile(secrets.resolve(name));
    }
}
