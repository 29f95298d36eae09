package org.citybrain.dispatch.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which reports have been counted before, in dispatch.report_key. */
@Component
public class PostgresKnownReports {

    /** Expects the primary key of dispatch.report_key. */
    private static final String FIND = """
            select report_id, content_digest from dispatch.report_key where report_id = any (:ids)
            """;

    private final JdbcClient jdbc;

    PostgresKnownReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The content digests of those of these reports that are known, by their ids. */
    public Map<UUID, Long> find(Collection<UUID> ids) {
        Map<UUID, Long> known = new HashMap<>();
        jdbc.sql(FIND).param("ids", ids.toArray(UUID[]::new)).query(row -> {
            known.put(row.getObject("report_id", UUID.class), row.getLong("content_digest"));
        });
        return known;
    }
}
