package org.citybrain.messages;

/**
 * A department that is called to an incident, as it was called then.
 *
 * @param code as grid-service knows it: {@code 500103-fire-and-rescue}
 * @param name as it was when it was called
 */
public record Department(String code, String name) {}
