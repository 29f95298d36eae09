package org.citybrain.api.task;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * Whose own tasks are wanted. Who has no unit and serves no department has none.
 *
 * @param unit the unit's own tasks, not those of departments that serve it; null: none
 * @param department this department's tasks; null: none
 * @param served the tasks of all departments that serve this unit; null: none
 * @param after the last task of the page before
 */
public record MyTasksFilter(
        Set<TaskStatus> statuses,
        @Nullable String unit,
        @Nullable String department,
        @Nullable String served,
        @Nullable Place after,
        int limit) {

    /** What still has to be done, of the beginning. */
    public static MyTasksFilter open(Person person, int limit) {
        return of(person, EnumSet.complementOf(EnumSet.copyOf(TaskFilter.SETTLED)), null, limit);
    }

    static MyTasksFilter read(QueryParameters parameters, Person person) {
        Set<TaskStatus> statuses = TaskFilter.statuses(parameters);
        MyTasksFilter filter = of(
                person,
                statuses.isEmpty() ? EnumSet.complementOf(EnumSet.copyOf(TaskFilter.SETTLED)) : statuses,
                parameters.cursor(Place::parse),
                parameters.limit());
        parameters.refuseUnknown();
        return filter;
    }

    /** Those that the person handles: a department's people what it is called for, and not what the unit itself has to do. */
    private static MyTasksFilter of(Person person, Set<TaskStatus> statuses, @Nullable Place after, int limit) {
        String own = person.unit() == null ? null : person.unit().digits();
        boolean ofDepartment = person.is(Role.DEPARTMENT);
        return new MyTasksFilter(
                statuses,
                person.is(Role.OPERATOR) || person.is(Role.GRID_WORKER) ? own : null,
                ofDepartment ? person.department() : null,
                ofDepartment && person.department() == null ? own : null,
                after,
                limit);
    }

    boolean isOpenOnly() {
        return TaskFilter.isOpenOnly(statuses);
    }

    boolean isSettledOnly() {
        return TaskFilter.SETTLED.containsAll(statuses);
    }

    /**
     * Where a task stands in the order of deadlines.
     *
     * @param due its next open deadline; null where it has none
     */
    record Place(@Nullable Instant due, UUID incidentId, UUID id) {

        private static final String NEVER = "-";

        static String key(@Nullable Instant due, String incidentId, String id) {
            return (due == null ? NEVER : due) + "/" + incidentId + "/" + id;
        }

        static Place parse(String key) {
            String[] parts = key.split("/", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("a deadline and two ids");
            }
            return new Place(
                    parts[0].equals(NEVER) ? null : Instant.parse(parts[0]),
                    QueryParameters.parseUuid(parts[1]),
                    QueryParameters.parseUuid(parts[2]));
        }
    }
}
