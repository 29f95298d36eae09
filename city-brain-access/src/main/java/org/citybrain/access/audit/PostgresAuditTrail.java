package org.citybrain.access.audit;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Adds lines by the one function that may: it counts, times and chains them. */
public final class PostgresAuditTrail implements AuditTrail {

    private static final String APPEND = """
            select audit.append(:service, :actor, :roles, :unit, :action, :object, :origin, :result, :detail, :traceId)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Tracer tracer;
    private final String service;

    public PostgresAuditTrail(JdbcClient jdbc, JsonMapper json, Tracer tracer, String service) {
        this.jdbc = jdbc;
        this.json = json;
        this.tracer = tracer;
        this.service = service;
    }

    @Override
    public void write(AuditLine line) {
        TraceContext trace = tracer.currentTraceContext().context();
        jdbc.sql(APPEND)
                .param("service", service)
                .param("actor", storable(line.actor()))
                .param("roles", String.join(",", line.roles()))
                .param("unit", line.unit())
                .param("action", storable(line.action()))
                .param("object", storable(line.object()))
                .param("origin", line.origin())
                .param("result", line.result())
                .param("detail", json.writeValueAsString(line.detail()))
                .param("traceId", trace == null ? null : trace.traceId())
                .query(Long.class)
                .single();
    }

    /** PostgreSQL has no text with a zero character. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
