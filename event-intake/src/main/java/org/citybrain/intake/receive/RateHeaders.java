package org.citybrain.intake.receive;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.citybrain.access.limit.Allowance;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Tells the sender what is left of its reports, beside what the guard has told of its requests under the same names. */
final class RateHeaders {

    private static final String POLICY = "reports";

    private RateHeaders() {}

    static void tell(Allowance allowance) {
        allowance.tell(POLICY, response()::addHeader);
    }

    static void tellRefused(Allowance allowance) {
        allowance.tellRefused(POLICY, response()::addHeader);
    }

    private static HttpServletResponse response() {
        var request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        return Objects.requireNonNull(request.getResponse(), "there is no answer to tell it in");
    }
}
