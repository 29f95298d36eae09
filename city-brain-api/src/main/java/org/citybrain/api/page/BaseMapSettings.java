package org.citybrain.api.page;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.citybrain.messages.Datum;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.base-map.…}: a map of streets and houses from a tile server of the operator's choice, under everything else on the
 * command centre's map. Without a URL there is none, and nothing comes from another host. With one, that server learns from each browser
 * what it looks at.
 *
 * @param url of a tile of 256 × 256 pixels in web Mercator, with {@code {z}}, {@code {x}} and {@code {y}} (or {@code {-y}}, counted from the
 *     south) in their places; https, or http on this machine. Empty: none
 * @param attribution what the map's owner wants to be said, shown in its corner as it is
 * @param datum in which the tiles are drawn: {@code WGS84}, the same as {@code CGCS2000} here, or {@code GCJ02}, as Chinese map providers draw
 *     them, which is moved to where it belongs. WGS84
 * @param largestZoom the largest {@code {z}} that the server has, 1 to 22; nearer, its tiles are enlarged. 18
 */
@ConfigurationProperties("city-brain.api.base-map")
record BaseMapSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String attribution,
        @DefaultValue("WGS84") Datum datum,
        @DefaultValue("18") int largestZoom) {

    private static final String NAME = "city-brain.api.base-map.";
    private static final String EXPECTED =
            "expected a URL such as https://tiles.example.org/{z}/{x}/{y}.png, https unless the host is this machine";
    private static final Pattern PLACES = Pattern.compile("\\{(z|x|-?y)}");
    private static final Set<Datum> DATUMS = Set.of(Datum.WGS84, Datum.CGCS2000, Datum.GCJ02);
    private static final int MOST_ZOOM = 22;

    BaseMapSettings {
        url = url.strip();
        attribution = attribution.strip();
        if (!url.isEmpty()) {
            requireTemplate(url);
        }
        if (!DATUMS.contains(datum)) {
            throw new IllegalArgumentException(NAME + "datum is " + datum
                    + ": expected WGS84, CGCS2000 or GCJ02; other tiles do not fit this map");
        }
        if (largestZoom < 1 || largestZoom > MOST_ZOOM) {
            throw new IllegalArgumentException(
                    NAME + "largest-zoom is " + largestZoom + ": expected 1 to " + MOST_ZOOM);
        }
    }

    /** Where the tiles come from, as a source of a {@code Content-Security-Policy}: {@code https://tiles.example.org}. */
    Optional<String> origin() {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        URI tile = tile(url);
        return Optional.of(
                tile.getScheme() + "://" + tile.getHost() + (tile.getPort() < 0 ? "" : ":" + tile.getPort()));
    }

    private static void requireTemplate(String url) {
        boolean hasPlaces = url.contains("{z}") && url.contains("{x}") && (url.contains("{y}") || url.contains("{-y}"));
        URI tile = tile(url);
        if (!hasPlaces || tile.getHost() == null || tile.getUserInfo() != null || !isSafe(tile)) {
            throw wrong(url);
        }
    }

    private static URI tile(String url) {
        try {
            return new URI(PLACES.matcher(url).replaceAll("0"));
        } catch (URISyntaxException malformed) {
            throw wrong(url);
        }
    }

    /** A place in the host's name would let in more hosts than one. */
    private static boolean isSafe(URI tile) {
        return "https".equals(tile.getScheme()) || ("http".equals(tile.getScheme()) && isThisMachine(tile.getHost()));
    }

    private static boolean isThisMachine(String host) {
        return "localhost".equals(host)
                || (host.matches("[\\d.]+|\\[.*]")
                        && InetAddress.ofLiteral(host).isLoopbackAddress());
    }

    private static IllegalArgumentException wrong(String url) {
        return new IllegalArgumentException(NAME + "url is '" + url + "': " + EXPECTED);
    }
}
