package org.citybrain.messages;

/** A place in WGS-84 (SRID 4326), in degrees. */
public record Position(double longitude, double latitude) {}
