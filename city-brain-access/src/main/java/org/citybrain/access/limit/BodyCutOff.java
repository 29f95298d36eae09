package org.citybrain.access.limit;

import org.citybrain.access.AccessReason;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A body that was cut off while it was read. Carries its problem document, with the {@code reason}. */
public final class BodyCutOff extends ErrorResponseException {

    BodyCutOff(AccessReason reason, String detail) {
        super(reason.status(), problem(reason, detail), null);
    }

    private static ProblemDetail problem(AccessReason reason, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(reason.status(), detail);
        problem.setProperty("reason", reason.name());
        return problem;
    }
}
