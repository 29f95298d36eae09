package org.citybrain.dispatch.locate;

/**
 * What lies near a place.
 *
 * @param meters how far away
 */
public record Nearby<T>(T what, double meters) {}
