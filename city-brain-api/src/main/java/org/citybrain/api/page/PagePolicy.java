package org.citybrain.api.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;

/**
 * What a page of ours may load (its {@code Content-Security-Policy}): nothing but our own files, and pictures from the one host
 * of the base map where an operator has chosen one; nothing in a frame, no form leads anywhere.
 * The only script that stands in a shell itself is its import map, allowed by its SHA-256, which is taken from the shell that is served.
 */
public final class PagePolicy {

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private final String directives;

    /** @param tiles from where the base map's pictures come; empty: from nowhere */
    PagePolicy(Collection<String> shells, Optional<String> tiles) {
        String maps = shells.stream()
                .flatMap(shell -> IMPORT_MAP.matcher(shell).results())
                .map(PagePolicy::source)
                .distinct()
                .map(source -> " " + source)
                .collect(Collectors.joining());
        this.directives =
                "default-src 'none'; script-src 'self'" + maps + "; style-src 'self'; img-src 'self' data: blob:"
                        + tiles.map(source -> " " + source).orElse("") + "; "
                        + "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; "
                        + "base-uri 'none'; form-action 'none'";
    }

    static PagePolicy of(Optional<String> tiles, Resource... shells) {
        List<String> texts = Arrays.stream(shells).map(PagePolicy::read).toList();
        return new PagePolicy(texts, tiles);
    }

    /** The header's value. */
    public String directives() {
        return directives;
    }

    private static String source(MatchResult map) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /** A browser takes every line break for one line feed before it looks at the text. */
    private static String read(Resource shell) {
        try {
            return shell.getContentAsString(StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .replace('\r', '\n');
        } catch (IOException missing) {
            throw new IllegalStateException(shell + " cannot be read: expected a shell of the page", missing);
        }
    }
}
