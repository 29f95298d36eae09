package org.citybrain.api.incident;

import org.citybrain.messages.Basis;

/**
 * How many people an incident concerns.
 *
 * @param value a count
 * @param basis reported, estimated from the footprint, or the type's default
 */
public record PeopleAffected(long value, Basis basis) {}
