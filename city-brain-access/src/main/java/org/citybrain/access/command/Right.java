package org.citybrain.access.command;

/** Whose a command is, beside the role: what the person's unit has to do with the incident or the task. */
public enum Right {
    /** Everybody whose unit sees the incident; the command itself may ask more. */
    SEES_IT("somebody whose unit sees it"),
    /** Of the commanding unit, or of one above it. */
    OF_THE_COMMANDER("somebody of the commanding unit or of one above it"),
    /** Of a unit above the commanding one; where the city commands, of the city. */
    ABOVE_THE_COMMANDER("somebody of a unit above the commanding one, or of the city"),
    /** Of the commanding unit, of one that has a task which is no notice, or of one above either. */
    AT_WORK("somebody of the commanding unit, of one that is at work on it, or of one above either"),
    /** Of the unit or the department whose task it is; operators of the units above it may, too. */
    OF_THE_HANDLER("somebody of the unit or department whose task it is, or an operator of a unit above it");

    private final String who;

    Right(String who) {
        this.who = who;
    }

    /** For messages: who would do. */
    public String who() {
        return who;
    }
}
