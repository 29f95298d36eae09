package org.citybrain.dispatch.locate;

import org.citybrain.messages.Department;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/**
 * A department that answers for an incident.
 *
 * @param unitCode the unit that it serves, with all below it
 * @param areaId the responsibility area by which it answers
 */
public record ResponsibleDepartment(Department department, String unitCode, String areaId) {

    /** Of the unit that it serves. */
    public Tier tier() {
        return new UnitCode(unitCode).tier();
    }
}
