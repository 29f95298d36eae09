package org.citybrain.intake.admit;

import java.time.Duration;

/**
 * What holds for every source (domain, section 3; policy defaults).
 *
 * @param oldest how long ago a report may have occurred; also how long a {@code reportId} is remembered
 * @param clockTolerance how far ahead of ours the clock of a person's device may run
 * @param reportsPerSecond reports a second from one account without registration, at each instance of event-intake
 * @param burst so many seconds' worth of any sender's rate may come at once
 */
public record AdmissionPolicy(Duration oldest, Duration clockTolerance, int reportsPerSecond, Duration burst) {}
