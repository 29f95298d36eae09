package org.citybrain.grid.demo;

import java.util.List;
import org.citybrain.grid.demo.mesh.CellMesh;

/**
 * The land of an invented city.
 *
 * @param districts the cells of each of the plan's districts, ascending
 */
record Land(CellMesh mesh, List<int[]> districts) {

    Land {
        districts = List.copyOf(districts);
    }
}
