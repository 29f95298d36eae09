package org.citybrain.api.department;

import org.citybrain.api.unit.GovernanceUnit;

/**
 * A department that can be summoned to incidents in the unit that it serves.
 *
 * @param unit it serves this unit and all below it
 * @param open so many of its summons are not ended: waiting to be checked in, served or rated
 * @param overdue so many of those have not been checked in, and should have been by now
 */
public record Department(String code, String name, GovernanceUnit unit, long open, long overdue) {}
