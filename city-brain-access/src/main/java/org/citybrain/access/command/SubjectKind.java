package org.citybrain.access.command;

/** What a command can be on. */
public enum SubjectKind {
    INCIDENT("incidents", "incident"),
    TASK("tasks", "task"),
    CHECK_IN("check-ins", "checkIn");

    private final String path;
    private final String field;

    SubjectKind(String path, String field) {
        this.path = path;
        this.field = field;
    }

    /** The part of a path that stands before its id. */
    public String path() {
        return path;
    }

    /** Under which field answers and refusals show it. */
    public String field() {
        return field;
    }

    /** How messages and the audit trail call it. */
    public String noun() {
        return path.substring(0, path.length() - 1);
    }
}
