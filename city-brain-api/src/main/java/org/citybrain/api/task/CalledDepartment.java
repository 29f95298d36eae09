package org.citybrain.api.task;

import org.citybrain.api.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * The department whose task it is; its unit is the one that it serves.
 *
 * @param name as it was when it was called
 */
public record CalledDepartment(String code, String name) {

    /** Of a task; none where the task is the unit's own. */
    public static @Nullable CalledDepartment find(Row task) {
        String code = task.findText("department_code");
        return code == null ? null : new CalledDepartment(code, task.text("department_name"));
    }
}
