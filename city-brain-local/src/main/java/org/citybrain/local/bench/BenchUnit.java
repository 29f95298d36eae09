package org.citybrain.local.bench;

import org.locationtech.jts.geom.Geometry;

/** A grid or micro-grid of the measured city. */
record BenchUnit(String code, long population, Geometry boundary) {}
