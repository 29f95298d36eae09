package org.citybrain.intake.receive;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.citybrain.intake.key.CheckKey;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shorter way of the request that comes most often: a single report, posted by a gateway with its key. It goes to
 * {@link ReportsEndpoint} as any other does, but past Spring's web layer, whose search for a method, its arguments and a
 * converter costs more than the report. Anything but the plain request, such as a dry run or another media type, is passed on to
 * that layer. Spring's {@code RequestContextFilter} stands before the guard: the endpoint tells what is left of the rate through it.
 */
public final class TakeGatewaysReport implements Filter {

    private static final String PATH = "/v1/reports";

    private final ReportsEndpoint reports;
    private final HandlerExceptionResolver problems;
    private final JsonMapper json;

    TakeGatewaysReport(ReportsEndpoint reports, HandlerExceptionResolver problems, JsonMapper json) {
        this.reports = reports;
        this.problems = problems;
        this.json = json;
    }

    /** Whether a gateway posts a report with it. */
    public static boolean isMeantFor(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST
                && request.getMethod().equals("POST")
                && request.getRequestURI().equals(PATH)
                && request.getHeader(CheckKey.HEADER) != null;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletRequest) request;
        if (http.getQueryString() == null && MediaType.APPLICATION_JSON_VALUE.equals(http.getContentType())) {
            ServerHttpObservationFilter.findObservationContext(http)
                    .ifPresent(observation -> observation.setPathPattern(PATH));
            take(http, (HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void take(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        ResponseEntity<Object> answer;
        byte[] body;
        try {
            answer = reports.report(request, null);
            body = json.writeValueAsBytes(answer.getBody());
        } catch (Exception failure) { // as in the web layer: each failure has its problem document
            tell(failure, request, response);
            return;
        } catch (Error failure) {
            tell(new ServletException("an error", failure), request, response);
            return;
        }
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void tell(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws ServletException {
        if (problems.resolveException(request, response, null, failure) == null) {
            throw new ServletException(failure);
        }
    }
}
