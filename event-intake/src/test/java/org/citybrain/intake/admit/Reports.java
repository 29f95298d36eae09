package org.citybrain.intake.admit;

/** Reports as JSON for tests: an admissible one, and ways to spoil it. */
final class Reports {

    private Reports() {}

    /** Every field is there, and the gate of {@link Gates} admits it. */
    static String full() {
        return """
            {"reportId": "3f2b8f64-5f0b-4a52-9c0e-7f4f7b0f6a11",
             "source": {"kind": "SENSOR", "id": "gw-17", "device": "flood-0032"},
             "type": "flood.waterlogging",
             "occurredAt": "2026-07-01T08:29:00Z",
             "location": {"longitude": 106.25, "latitude": 29.25, "datum": "WGS84"},
             "footprint": {"radiusMeters": 120},
             "peopleAffected": 35,
             "casualties": {"deaths": 0, "seriousInjuries": 1},
             "directLossYuan": 20000,
             "description": "路面积水",
             "features": [{"class": "person", "count": 12, "confidence": 0.93, "model": "m-4"}],
             "evidence": [{"uri": "https://media.example/1.jpg", "mediaType": "image/jpeg",
                           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}]}
            """;
    }

    /** The full report with one part replaced; the part must be there. */
    static String with(String part, String replacement) {
        String full = full();
        if (!full.contains(part)) {
            throw new IllegalArgumentException("the report holds no " + part);
        }
        return full.replace(part, replacement);
    }

    static String withFootprint(String footprint) {
        return with("{\"radiusMeters\": 120}", footprint);
    }
}
