package org.citybrain.grid.demo;

import java.util.List;
import org.citybrain.grid.demo.mesh.Plane;

/** How the land of an invented city comes about: a mesh of cells, and which of them belong to which district. */
interface LayOutLand {

    /** @param districts of the plan, in its order */
    Land layOut(Plane plane, List<DemoPlan.District> districts, Divisions divisions);
}
