package org.citybrain.grid.version;

/** A version of the map was published by this instance: the others need not wait until somebody looks. */
public record MapPublished(long mapVersion) {}
