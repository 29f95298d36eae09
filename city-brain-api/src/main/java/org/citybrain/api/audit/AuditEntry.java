package org.citybrain.api.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit trail.
 *
 * @param service which service wrote it
 * @param actor the account's name, a gateway's source id, or {@code nobody}
 * @param roles names, separated by commas
 * @param unit the actor's unit
 * @param action what was done, or the method of what was refused
 * @param object on what: an id, or the path of what was refused
 * @param origin the address that the request came from
 * @param result {@code DONE}, or {@code REFUSED:} and the reason
 * @param detail a JSON object, as the text that was hashed
 * @param hash SHA-256 of the hash before it and of this line, 64 hexadecimal digits
 */
public record AuditEntry(
        @Schema(example = "42") long sequence,
        Instant recordedAt,
        @Schema(example = "dispatch-service") String service,
        @Schema(example = "city-operator") String actor,
        @Schema(example = "OPERATOR") String roles,
        @Schema(example = "50") @Nullable String unit,
        @Schema(example = "parked.retry") String action,

        @Schema(example = "0197f2a0-0000-8000-8000-000000000000")
        String object,

        @Schema(example = "127.0.0.1") @Nullable String origin,
        @Schema(example = "DONE") String result,

        @Schema(example = "{\"reason\":\"the type is known now\"}")
        String detail,

        @Nullable String traceId,
        String hash) {

    /** As PostgreSQL's to_char writes it: microseconds, always six digits. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The hash that this line must have after that one: what {@code audit.append} computes, computed again. */
    @JsonIgnore
    String hashAfter(String previousHash) {
        String canonical = Stream.of(
                        Long.toString(sequence),
                        MOMENT.format(recordedAt),
                        service,
                        actor,
                        roles,
                        unit,
                        action,
                        object,
                        origin,
                        result,
                        detail,
                        traceId)
                .map(AuditEntry::field)
                .collect(Collectors.joining());
        byte[] previous = HexFormat.of().parseHex(previousHash);
        byte[] line = canonical.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(previous, previous.length + line.length);
        System.arraycopy(line, 0, both, previous.length, line.length);
        return HexFormat.of().formatHex(sha256(both));
    }

    private static String field(@Nullable String text) {
        return text == null ? "-" : text.codePointCount(0, text.length()) + ":" + text;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
