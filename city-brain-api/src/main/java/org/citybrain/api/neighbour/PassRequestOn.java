package org.citybrain.api.neighbour;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.citybrain.access.PassTokenOn;
import org.citybrain.access.container.CutBrokenAnswer;
import org.citybrain.api.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Passes a request on as it is, with the person's token and their trace, and its answer back as it comes: a body in is held, as large as the
 * limits of this service let it be; a body out is not. Of the headers only those go on that are named here, cookies and keys never.
 */
@Component
class PassRequestOn {

    private static final Logger LOG = LoggerFactory.getLogger(PassRequestOn.class);

    private static final List<String> ASKED_WITH = List.of(
            HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE, HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_NONE_MATCH);
    private static final List<String> ANSWERED_WITH = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.LINK,
            "Content-Crs");

    private final RestClient client;
    private final NeighbourSettings settings;

    PassRequestOn(RestClient.Builder client, NeighbourSettings settings) {
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build());
        requests.setReadTimeout(settings.readTimeout());
        this.client = client.requestFactory(requests)
                .requestInterceptor(new PassTokenOn())
                .build();
        this.settings = settings;
    }

    /** @throws ErrorResponseException a 503 problem where the neighbour does not answer */
    void pass(Neighbour neighbour, HttpServletRequest request, HttpServletResponse response) throws IOException {
        URI address = address(neighbour, request);
        byte[] body = request.getInputStream().readAllBytes();
        try {
            RestClient.RequestBodySpec asked = client.method(HttpMethod.valueOf(request.getMethod()))
                    .uri(address)
                    .headers(headers -> copy(request, headers));
            (body.length == 0 ? asked : asked.body(body)).exchange((sent, answer) -> {
                copy(answer, response);
                return true;
            });
        } catch (ResourceAccessException silent) {
            if (response.isCommitted()) {
                LOG.warn("an answer of {} broke off, its connection is cut: {}", neighbour, silent.getMessage());
                CutBrokenAnswer.breakOff(request);
                return;
            }
            LOG.warn("{} does not answer: {}", neighbour, silent.getMessage());
            throw Problem.of(
                    neighbour.unreachable(),
                    neighbour
                            + " does not answer: expected it to be back soon, try again; the same report sent again counts once",
                    silent);
        }
    }

    private URI address(Neighbour neighbour, HttpServletRequest request) {
        String query = request.getQueryString();
        String base = neighbour.url(settings).toString().replaceAll("/+$", "");
        try {
            return URI.create(base + request.getRequestURI() + (query == null ? "" : "?" + query));
        } catch (IllegalArgumentException unreadable) {
            throw Problem.badParameter(
                    "query", String.valueOf(query), "characters that an address may hold, others encoded");
        }
    }

    private static void copy(HttpServletRequest request, HttpHeaders headers) {
        ASKED_WITH.forEach(name -> set(name, request.getHeader(name), headers::set));
    }

    private static void copy(ClientHttpResponse answer, HttpServletResponse response) throws IOException {
        HttpHeaders headers = answer.getHeaders();
        response.setStatus(answer.getStatusCode().value());
        ANSWERED_WITH.forEach(name -> set(name, headers.getFirst(name), response::setHeader));
        set(HttpHeaders.ETAG, weak(headers.getFirst(HttpHeaders.ETAG)), response::setHeader);
        answer.getBody().transferTo(response.getOutputStream());
    }

    /** The bytes may be compressed on the way out, so they are no longer those that the tag was of. */
    private static @Nullable String weak(@Nullable String tag) {
        return tag == null || tag.startsWith("W/") ? tag : "W/" + tag;
    }

    private static void set(String name, @Nullable String value, SetHeader target) {
        if (value != null) {
            target.set(name, value);
        }
    }

    private interface SetHeader {
        void set(String name, String value);
    }
}
