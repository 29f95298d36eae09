package org.citybrain.intake.admit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;

/** Tells whether two reports say the same. */
final class ContentDigest {

    private static final int BYTES = 8;

    private ContentDigest() {}

    /**
     * The first 8 bytes, as 16 hexadecimal digits, of the SHA-256 of the report as JSON in the order of the contract. Without
     * its id, so that a report whose id intake gave has the same digest when it is sent again.
     */
    static String of(Report report) {
        Report content = new Report(
                null,
                report.source(),
                report.type(),
                report.occurredAt(),
                report.location(),
                report.footprint(),
                report.peopleAffected(),
                report.casualties(),
                report.directLossYuan(),
                report.description(),
                report.features(),
                report.evidence());
        byte[] digest = sha256().digest(MessageJson.MAPPER.writeValueAsBytes(content));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
