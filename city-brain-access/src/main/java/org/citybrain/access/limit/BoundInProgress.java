package org.citybrain.access.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.citybrain.access.AccessReason;
import org.citybrain.access.AnswerRefusal;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the memory of all requests that are worked on at the same time, and their number for each caller. Nobody waits for
 * a place: whoever finds none is told to come again. So a flood of one leaves most places to others, and the slower the
 * service gets, the less of the flood it takes.
 */
public final class BoundInProgress extends OncePerRequestFilter {

    /** What a request costs without its body: buffers, a thread, the answer. */
    private static final long BYTES_WITHOUT_BODY = 64 * 1024;
    /** Of a longer body no more than this is held at once. */
    private static final long MOST_BYTES_OF_BODY = 1024 * 1024;

    private static final String RETRY_AFTER_SECONDS = "1";

    private final long mostBytes;
    private final AnswerRefusal refusal;
    private final AtomicLong bytes = new AtomicLong();
    private final int mostOfOneCaller;
    private final ConcurrentMap<String, Integer> requestsOfCallers = new ConcurrentHashMap<>();

    public BoundInProgress(LimitSettings settings, AnswerRefusal refusal) {
        this.mostBytes = settings.inProgress().toBytes();
        this.mostOfOneCaller = settings.atOnce();
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = Caller.current(request);
        long wanted = bytesFor(request);
        int ofCaller = requestsOfCallers.merge(caller.key(), 1, Integer::sum);
        long ofAll = bytes.addAndGet(wanted);
        try {
            if (ofCaller > mostOfOneCaller) {
                refuse(request, response, AccessReason.TOO_MANY_AT_ONCE, caller + " has too many requests in progress");
            } else if (ofAll > mostBytes) {
                refuse(request, response, AccessReason.BUSY, "too many requests are in progress");
            } else {
                chain.doFilter(request, response);
            }
        } finally {
            bytes.addAndGet(-wanted);
            requestsOfCallers.computeIfPresent(caller.key(), (key, held) -> held == 1 ? null : held - 1);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, AccessReason reason, String what)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        refusal.answer(request, response, reason, what + ": expected fewer at the same time, come again");
    }

    private static long bytesFor(HttpServletRequest request) {
        if (!BoundBody.has(request)) {
            return BYTES_WITHOUT_BODY;
        }
        long announced = request.getContentLengthLong();
        return BYTES_WITHOUT_BODY + (announced < 0 ? MOST_BYTES_OF_BODY : Math.min(announced, MOST_BYTES_OF_BODY));
    }
}
