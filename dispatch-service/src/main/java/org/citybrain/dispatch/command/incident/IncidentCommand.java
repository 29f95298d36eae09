package org.citybrain.dispatch.command.incident;

/** What people can command of an incident. */
enum IncidentCommand {
    CONFIRM("confirm", false),
    REGRADE("regrade", true),
    MARK_FALSE("mark-false", true),
    MERGE("merge", true),
    SPLIT("split", true);

    private final String path;
    private final boolean ofTheCommander;

    IncidentCommand(String path, boolean ofTheCommander) {
        this.path = path;
        this.ofTheCommander = ofTheCommander;
    }

    /** How it is called in paths, in answers and, behind {@code incident.}, in the audit trail. */
    String path() {
        return path;
    }

    /** Whether it is only for whoever commands the incident: the commanding unit and those above it. */
    boolean isOfTheCommander() {
        return ofTheCommander;
    }
}
