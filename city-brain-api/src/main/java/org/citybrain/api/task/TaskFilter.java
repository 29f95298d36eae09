package org.citybrain.api.task;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks are wanted. An empty set and a null restrict nothing.
 *
 * @param department whose tasks; null: also the units' own
 * @param unit the handling unit is this one or stands below it
 * @param before the last task of the page before
 */
record TaskFilter(
        Set<TaskStatus> statuses,
        Set<Tier> tiers,
        Set<TaskRole> roles,
        @Nullable UnitCode unit,
        @Nullable String department,
        @Nullable UUID incidentId,
        @Nullable Place before,
        int limit) {

    private static final int LONGEST_DEPARTMENT = 64;
    static final Set<TaskStatus> SETTLED = EnumSet.of(TaskStatus.COMPLETED, TaskStatus.RETURNED);

    static TaskFilter read(QueryParameters parameters) {
        TaskFilter filter = new TaskFilter(
                statuses(parameters),
                parameters.enums("tier", Tier.class),
                parameters.enums("role", TaskRole.class),
                parameters.unit("unit"),
                parameters.value("department", TaskFilter::department, "a department's code, 1 to 64 characters"),
                parameters.uuid("incident"),
                parameters.cursor(Place::parse),
                parameters.limit());
        parameters.refuseUnknown();
        return filter;
    }

    /** Whether only such tasks are wanted as still have to be done. */
    boolean isOpenOnly() {
        return isOpenOnly(statuses);
    }

    static boolean isOpenOnly(Set<TaskStatus> statuses) {
        return !statuses.isEmpty() && statuses.stream().noneMatch(SETTLED::contains);
    }

    private static String department(String text) {
        if (text.isEmpty() || text.length() > LONGEST_DEPARTMENT || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("1 to 64 characters");
        }
        return text;
    }

    static Set<TaskStatus> statuses(QueryParameters parameters) {
        Set<Set<TaskStatus>> wanted = parameters.set(
                "status",
                text -> text.equals("OPEN")
                        ? EnumSet.complementOf(EnumSet.copyOf(SETTLED))
                        : Set.of(TaskStatus.valueOf(text)),
                "OPEN or one of " + QueryParameters.constants(TaskStatus.class));
        Set<TaskStatus> statuses = EnumSet.noneOf(TaskStatus.class);
        wanted.forEach(statuses::addAll);
        return statuses;
    }

    /** Where a task stands in the order of the list. */
    record Place(UUID incidentId, UUID id) {

        static Place parse(String key) {
            String[] ids = key.split("/", -1);
            if (ids.length != 2) {
                throw new IllegalArgumentException("two ids");
            }
            return new Place(QueryParameters.parseUuid(ids[0]), QueryParameters.parseUuid(ids[1]));
        }
    }
}
