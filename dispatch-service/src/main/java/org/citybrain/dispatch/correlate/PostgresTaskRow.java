package org.citybrain.dispatch.correlate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.Department;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/** A row of dispatch.task, read in one way by whoever reads it whole. */
public final class PostgresTaskRow {

    /** What {@link #read} asks of a row. */
    public static final String COLUMNS =
            "id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, digest,"
                    + " department_code, department_name, board";

    private PostgresTaskRow() {}

    public static TaskState read(ResultSet row) throws SQLException {
        String department = row.getString("department_code");
        return new TaskState(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                Tier.valueOf(row.getString("tier")),
                row.getString("unit_code"),
                TaskRole.valueOf(row.getString("role")),
                TaskStatus.valueOf(row.getString("status")),
                row.getTimestamp("dispatched_at").toInstant(),
                instant(row.getTimestamp("acknowledge_by")),
                instant(row.getTimestamp("resolve_by")),
                row.getBoolean("digest"),
                department == null ? null : new Department(department, row.getString("department_name")),
                row.getString("board"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
