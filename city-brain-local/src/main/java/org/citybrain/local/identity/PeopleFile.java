package org.citybrain.local.identity;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citybrain.access.secret.SecretFile;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The demo people's passwords, for whoever tries the system: lines {@code name password} in one owner-only file. */
@Component
class PeopleFile {

    static final String NAME = "people";

    private final SecretFile file;

    @Autowired
    PeopleFile(IdentitySettings settings) {
        this(settings.file(NAME));
    }

    PeopleFile(SecretFile file) {
        this.file = file;
    }

    Optional<String> find(String name) throws IOException {
        return Optional.ofNullable(read().get(name));
    }

    synchronized void remember(String name, String password) throws IOException {
        Map<String, String> all = read();
        all.put(name, password);
        file.write(all.entrySet().stream()
                .map(person -> person.getKey() + " " + person.getValue() + "\n")
                .collect(Collectors.joining()));
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        file.read()
                .orElse("")
                .lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> all.put(words[0], words[1].strip()));
        return all;
    }
}
