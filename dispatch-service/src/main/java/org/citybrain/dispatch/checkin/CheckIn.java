package org.citybrain.dispatch.checkin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.Role;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.Department;

/**
 * One department's summons to one incident, as far as commands ask.
 *
 * @param round how many times this department has been summoned to the incident, this time included
 * @param departmentUnit the code of the unit that it serves
 * @param taskId the department's task
 * @param whistledBy the account that whistled
 * @param whistledAs its role then
 * @param whistledUnit its unit then
 * @param dueAt who checks in later is late
 * @param absentFrom who has not checked in by then is absent
 * @param surroundingsMeters within which of the incident a check-in lies in place
 * @param changedBy who ({@code person:ACCOUNT}) or which rule brought it to its version
 */
record CheckIn(
        UUID id,
        UUID incidentId,
        int round,
        int version,
        CheckInStatus status,
        Department department,
        String departmentUnit,
        UUID taskId,
        Instant whistledAt,
        String whistledBy,
        Role whistledAs,
        String whistledUnit,
        String reason,
        Instant dueAt,
        Instant absentFrom,
        int surroundingsMeters,
        String changedBy) {

    /** Who it is, as every line of the timeline says it that tells of it: departments are scored by those. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", id);
        facts.put("department", department);
        facts.put("whistledUnit", whistledUnit);
        return facts;
    }

    /** What a person needs to know in order to decide on it. */
    State state() {
        return new State(
                id,
                incidentId,
                round,
                version,
                status,
                department,
                whistledBy,
                whistledUnit,
                dueAt,
                absentFrom,
                changedBy);
    }

    /**
     * As answers and refusals show it.
     *
     * @param version also the ETag
     */
    record State(
            UUID id,
            UUID incidentId,
            int round,
            int version,
            CheckInStatus status,
            Department department,
            String whistledBy,
            String whistledUnit,
            Instant dueAt,
            Instant absentFrom,
            String changedBy) {}
}
