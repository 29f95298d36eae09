package org.citybrain.intake.publish;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/** The W3C trace parent of what this thread is doing. */
public final class TraceParent {

    private final Tracer tracer;

    public TraceParent(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Absent outside of any trace. */
    public @Nullable String current() {
        Span span = tracer.currentSpan();
        if (span == null) {
            return null;
        }
        var context = span.context();
        String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
    }
}
