package org.citybrain.intake.admit;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells a picture from features: cameras send what they counted, never frames (domain, section 3). */
final class Pictures {

    private static final Set<String> FIELDS = Set.of(
            "image",
            "images",
            "img",
            "imagedata",
            "imagebase64",
            "base64",
            "frame",
            "frames",
            "framedata",
            "pixels",
            "pixel",
            "data",
            "picture",
            "pictures",
            "photo",
            "photos",
            "snapshot",
            "thumbnail",
            "bitmap",
            "raster",
            "jpeg",
            "jpg",
            "png",
            "content",
            "blob",
            "video",
            "face",
            "faces");

    /** Shorter runs of such letters are words, digests and links. */
    private static final int SHORTEST_BLOB = 256;

    private static final Pattern DATA_URI = Pattern.compile("data:[a-z]+/", Pattern.CASE_INSENSITIVE);

    private Pictures() {}

    /** Whether a field of this name would hold a picture. */
    static boolean isField(String name) {
        return FIELDS.contains(name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", ""));
    }

    /** Whether a text is a picture: one as a {@code data:} URI, or a long run of Base64. */
    static boolean isText(String text) {
        return DATA_URI.matcher(text).lookingAt() || text.contains(";base64,") || isBlob(text);
    }

    private static boolean isBlob(String text) {
        if (text.length() < SHORTEST_BLOB) {
            return false;
        }
        return text.chars().allMatch(Pictures::isBase64);
    }

    private static boolean isBase64(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "+/=-_\r\n".indexOf(c) >= 0;
    }
}
