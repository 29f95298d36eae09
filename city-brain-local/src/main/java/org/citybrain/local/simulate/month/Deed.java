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
    MARK_FALSE("mark-false"),
    WHISTLE("whistle"),
    /** Somebody finds that it is not so grave: level III. */
    EASE("regrade"),
    /** And that it is, after all: level II. */
    WORSEN("regrade"),
    CHECK_IN("check-in"),
    SERVE("serve"),
    RATE("rate");

    private final String command;

    Deed(String command) {
        this.command = command;
    }

    /** Its name in paths. */
    String command() {
        return command;
    }
}
