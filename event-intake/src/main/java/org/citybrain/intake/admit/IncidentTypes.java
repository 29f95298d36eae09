package org.citybrain.intake.admit;

import java.util.Set;

/** The codes of the item catalogue in force. Asked for every report: no call may wait. */
public interface IncidentTypes {
    /** Empty until the catalogue has been read. */
    Set<String> current();
}
