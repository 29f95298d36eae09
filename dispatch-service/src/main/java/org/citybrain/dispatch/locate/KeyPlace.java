package org.citybrain.dispatch.locate;

import org.citybrain.messages.Position;

/** A school, hospital, chemical plant, metro hub or reservoir. */
public record KeyPlace(String id, String kind, String name, Position position) {}
