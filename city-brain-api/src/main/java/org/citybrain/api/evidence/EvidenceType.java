package org.citybrain.api.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may be sent as evidence, and how each begins: what is said of a file counts only if the file itself says so, too. */
enum EvidenceType {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp"),
    HEIC("image/heic", "heic"),
    MP4("video/mp4", "mp4"),
    PDF("application/pdf", "pdf");

    /** How many bytes of the beginning are enough to tell. */
    static final int HEAD_BYTES = 12;

    private static final byte[] PNG_HEAD = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG_HEAD = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1");
    private static final Set<String> MP4_BRANDS =
            Set.of("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "3gp4", "3gp5", "dash");

    private final String mediaType;
    private final String suffix;

    EvidenceType(String mediaType, String suffix) {
        this.mediaType = mediaType;
        this.suffix = suffix;
    }

    String mediaType() {
        return mediaType;
    }

    /** Of a file's name. */
    String suffix() {
        return suffix;
    }

    static Optional<EvidenceType> find(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst();
    }

    static String expected() {
        return "one of " + Arrays.stream(values()).map(EvidenceType::mediaType).collect(Collectors.joining(", "));
    }

    /** Whether a file that begins so is of this type. */
    boolean begins(byte[] head) {
        return switch (this) {
            case JPEG -> startsWith(head, JPEG_HEAD);
            case PNG -> startsWith(head, PNG_HEAD);
            case WEBP -> text(head, 0).equals("RIFF") && text(head, 8).equals("WEBP");
            case HEIC -> text(head, 4).equals("ftyp") && HEIC_BRANDS.contains(text(head, 8));
            case MP4 -> text(head, 4).equals("ftyp") && MP4_BRANDS.contains(text(head, 8));
            case PDF -> startsWith(head, "%PDF-".getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static boolean startsWith(byte[] head, byte[] wanted) {
        return head.length >= wanted.length && Arrays.equals(head, 0, wanted.length, wanted, 0, wanted.length);
    }

    /** Four letters from a place on. */
    private static String text(byte[] head, int from) {
        return head.length < from + 4 ? "" : new String(head, from, 4, StandardCharsets.ISO_8859_1);
    }
}
