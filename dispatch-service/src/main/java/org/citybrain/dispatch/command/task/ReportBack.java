package org.citybrain.dispatch.command.task;

import java.util.List;
import java.util.regex.Pattern;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/**
 * What was found and done.
 *
 * @param evidence of it, at most 20
 */
record ReportBack(
        @Nullable String reason,
        @Nullable String text,
        @Nullable List<@Nullable Evidence> evidence) implements Order {

    private static final int MOST_EVIDENCE = 20;
    private static final int MOST_URI_CHARACTERS = 2_000;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]{1,20}/[a-z0-9.+-]{1,80}");

    @Override
    public void check() {
        OrderFields.optionalText("reason", reason);
        told();
        shown();
    }

    String told() {
        return OrderFields.text(
                "text", text, "what was found and done, 1 to " + OrderFields.MOST_CHARACTERS + " characters");
    }

    List<Evidence> shown() {
        return evidence == null
                ? List.of()
                : OrderFields.distinct(
                        "evidence",
                        evidence,
                        MOST_EVIDENCE,
                        Evidence::isGood,
                        "at most " + MOST_EVIDENCE
                                + " items, each with a mediaType and either the sha256 (64 hexadecimal digits) of an upload or a uri");
    }

    /**
     * A picture, a recording, a document: uploaded here, or stored elsewhere.
     *
     * @param sha256 of the upload, in lower-case hexadecimal digits
     */
    record Evidence(
            @Nullable String sha256,
            @Nullable String uri,
            @Nullable String mediaType) {

        boolean isGood() {
            boolean named = sha256 != null ? uri == null && isDigest(sha256) : uri != null && isUri(uri);
            return named && mediaType != null && MEDIA_TYPE.matcher(mediaType).matches();
        }

        private static boolean isDigest(String sha256) {
            return SHA_256.matcher(sha256).matches();
        }

        private static boolean isUri(String uri) {
            return uri.startsWith("https://") && OrderFields.isStorable(uri, MOST_URI_CHARACTERS);
        }
    }
}
