package org.citybrain.api.rehearsal;

import org.citybrain.api.problem.Problem;
import org.citybrain.messages.PolicySchema;

/** Which policy version a path speaks of. */
record PolicyPath(String kind, int version) {

    private static final int LONGEST_VERSION = 9;

    static PolicyPath of(String kind, String version) {
        if (!PolicySchema.KINDS.contains(kind)) {
            throw Problem.notFound("kind of policy", kind);
        }
        if (version.length() > LONGEST_VERSION || !version.matches("[1-9][0-9]*")) {
            throw Problem.badParameter("version", version, "the number of a version, from 1 on");
        }
        return new PolicyPath(kind, Integer.parseInt(version));
    }

    /** As messages name it: {@code grading@2}. */
    String name() {
        return kind + "@" + version;
    }

    String rehearsal(Object id) {
        return "/v1/policies/" + kind + "/" + version + "/rehearsals/" + id;
    }
}
