package org.citybrain.grid.imports;

/** A unit as it is on the newest version of the map. */
record UnitBefore(String code, String name, long population, String provenance) {}
