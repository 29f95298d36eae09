package org.citybrain.access.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** What Tomcat refuses before the service sees it, such as a path that cannot be decoded, is a problem document as well. */
final class ProblemFromContainer extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemFromContainer.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(UTF_8);
            Writer body = response.getReporter();
            if (body != null) {
                body.write(problem(response.getStatus()));
                response.finishResponse();
            }
        } catch (IOException gone) {
            LOG.debug("The caller did not wait for the answer", gone);
        }
    }

    private static String problem(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        boolean ofCaller = status < 500;
        return """
                {"type":"about:blank","title":"%s","status":%d,"detail":"%s","reason":"%s"}""".formatted(
                        known == null ? "Error" : known.getReasonPhrase(),
                        status,
                        ofCaller
                                ? "the request cannot be read: expected a well-formed request to a well-formed URL"
                                : "the request could not be answered: this is an error of the service",
                        ofCaller ? "MALFORMED_REQUEST" : "INTERNAL_ERROR");
    }
}
