package org.citybrain.grid.ogc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;

/** The standard wants a parameter that an operation does not have to be refused, not to be passed over. */
final class KnownParameters {

    /** Of every operation: the format, of which there is one each. */
    static final String FORMAT = "f";

    private KnownParameters() {}

    /** @throws RequestProblem {@code BAD_PARAMETER} or {@code BAD_FORMAT} */
    static void check(HttpServletRequest request, Set<String> known) {
        for (Map.Entry<String, String[]> given : request.getParameterMap().entrySet()) {
            String name = given.getKey();
            if (!name.equals(FORMAT) && !known.contains(name)) {
                Set<String> all = new TreeSet<>(known);
                all.add(FORMAT);
                throw new RequestProblem(
                        ProblemReason.BAD_PARAMETER, "query parameter", name, "one of " + String.join(", ", all));
            }
            if (given.getValue().length > 1) {
                throw new RequestProblem(
                        ProblemReason.BAD_PARAMETER, name, String.join(", ", given.getValue()), "one value");
            }
        }
        String format = request.getParameter(FORMAT);
        if (format != null && !format.equals("json")) {
            throw new RequestProblem(ProblemReason.BAD_FORMAT, FORMAT, format, "json");
        }
    }
}
