package org.citybrain.access;

/** What a person is to the city: the values of the token's claim {@code roles}. Names of other systems' roles are ignored. */
public enum Role {
    /** Sits in a command centre: sees the subtree of the own unit and commands in it. */
    OPERATOR,
    /** Walks a grid: reports, and carries out the tasks of the own unit. */
    GRID_WORKER,
    /** Serves a department that is called to incidents in its unit. */
    DEPARTMENT,
    /** Reads aggregates and the map, never a single incident. */
    ANALYST,
    /** Runs the system: accounts, sources, rosters, audit, what was parked. */
    ADMIN,
    /** Another system: subscribes to the topics; over HTTP it reads the map. */
    INTEGRATOR;

    /** The name under which Spring Security knows it. */
    public String authority() {
        return "ROLE_" + name();
    }
}
