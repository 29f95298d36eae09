package org.citybrain.local.simulate.month;

/** What a made-up person does. */
enum Deed {
    ACKNOWLEDGE("acknowledge"),
    COMPLETE("complete"),
    RETURN("return"),
    CONTAIN("contain"),
    REPORT_SITUATION("situation-reports"),
    RESOLVE("resolve"),
    VERIFY("verify"),
    CLOSE("close"),
    REOPEN("reopen"),
    MARK_FALSE("mark-false");

    private final String command;

    Deed(String command) {
        this.command = command;
    }

    /** Its name in paths. */
    String command() {
        return command;
    }

    boolean isOnTask() {
        return this == ACKNOWLEDGE || this == COMPLETE || this == RETURN;
    }
}
