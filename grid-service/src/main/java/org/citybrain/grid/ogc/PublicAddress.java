package org.citybrain.grid.ogc;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.ForwardedHeaderUtils;

/**
 * The address under which the caller reached us, a proxy between or not: links must lead back the same way. What a proxy says
 * ({@code Forwarded}, {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port}, {@code -Prefix}) is believed for links alone; who
 * writes such a header himself leads himself astray, and nobody else, since no answer is kept for others.
 *
 * @param root without a slash at its end, such as {@code https://map.example.org/ogc}
 * @param self the whole request
 */
record PublicAddress(String root, String self) {

    private static final String ROOT = "/ogc";

    static PublicAddress of(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        String server;
        try {
            server = ForwardedHeaderUtils.adaptFromForwardedHeaders(
                            URI.create(request.getRequestURL().toString()), headers)
                    .replacePath(prefix(request))
                    .build()
                    .toUriString();
        } catch (IllegalArgumentException unreadable) {
            throw new RequestProblem(
                    ProblemReason.BAD_REQUEST, "the forwarded address", unreadable.getMessage(), "a host and a port");
        }
        if (!server.matches("https?://[A-Za-z0-9.:_\\[\\]-]{1,300}(/.*)?")) {
            throw new RequestProblem(ProblemReason.BAD_REQUEST, "the forwarded address", server, "a host and a port");
        }
        String query = request.getQueryString();
        return new PublicAddress(server + ROOT, server + request.getRequestURI() + (query == null ? "" : "?" + query));
    }

    private static String prefix(HttpServletRequest request) {
        String prefix = request.getHeader("X-Forwarded-Prefix");
        if (prefix == null || prefix.equals("/")) {
            return "";
        }
        if (!prefix.matches("(/[A-Za-z0-9._~-]{1,100}){1,10}/?")) {
            throw new RequestProblem(
                    ProblemReason.BAD_REQUEST, "X-Forwarded-Prefix", prefix, "a path such as /city-brain");
        }
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    String path(String... segments) {
        return root + "/" + String.join("/", segments);
    }

    /** The same request with another value of one parameter, which needs no encoding. */
    String selfWith(String parameter, String value) {
        int question = self.indexOf('?');
        String path = question < 0 ? self : self.substring(0, question);
        String others = question < 0
                ? ""
                : Arrays.stream(self.substring(question + 1).split("&"))
                        .filter(given -> !given.isEmpty() && !given.startsWith(parameter + "="))
                        .map(given -> given + "&")
                        .collect(Collectors.joining());
        return path + "?" + others + parameter + "=" + value;
    }
}
