package org.citybrain.dispatch.checkin;

import org.citybrain.messages.Department;

/**
 * A department as grid-service knows it now.
 *
 * @param unitCode it serves this unit and all below it
 */
record ServingDepartment(Department department, String unitCode) {}
