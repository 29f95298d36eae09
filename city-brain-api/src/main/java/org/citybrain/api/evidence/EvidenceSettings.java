package org.citybrain.api.evidence;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code city-brain.api.evidence.…} (numbers: policy defaults)
 *
 * @param folder where pieces are kept, on a disk that all instances mount. evidence
 * @param largest piece. 20 MiB
 * @param ofPersonADay how much one account may send within 24 hours. 200 MiB
 * @param openUploads how many pieces of one account may be on their way at once. 50
 * @param parts that one piece may come in. 1000
 * @param uploadPatience how long a piece that comes in parts is waited for, from part to part. 24 h
 */
@ConfigurationProperties("city-brain.api.evidence")
record EvidenceSettings(
        @DefaultValue("evidence") Path folder,
        @DefaultValue("20MB") DataSize largest,
        @DefaultValue("200MB") DataSize ofPersonADay,
        @DefaultValue("50") int openUploads,
        @DefaultValue("1000") int parts,
        @DefaultValue("24h") Duration uploadPatience) {

    EvidenceSettings {
        if (largest.toBytes() < 1 || ofPersonADay.compareTo(largest) < 0) {
            throw new IllegalArgumentException(
                    "city-brain.api.evidence.largest is %s and .of-person-a-day %s: expected the second to hold at least one of the first"
                            .formatted(largest, ofPersonADay));
        }
        if (openUploads < 1 || parts < 1) {
            throw new IllegalArgumentException(
                    "city-brain.api.evidence.open-uploads is %d and .parts %d: expected at least 1 each"
                            .formatted(openUploads, parts));
        }
        if (uploadPatience.isNegative() || uploadPatience.isZero()) {
            throw new IllegalArgumentException(
                    "city-brain.api.evidence.upload-patience is " + uploadPatience + ": expected more than nothing");
        }
    }
}
