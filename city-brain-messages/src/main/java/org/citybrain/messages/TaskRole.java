package org.citybrain.messages;

/** What a unit is to do: command at the top, coordinate between, execute at the bottom; a notice needs no answer. */
public enum TaskRole {
    COMMAND,
    COORDINATE,
    EXECUTE,
    NOTIFY
}
