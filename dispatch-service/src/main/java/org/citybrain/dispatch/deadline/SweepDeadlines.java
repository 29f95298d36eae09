package org.citybrain.dispatch.deadline;

import org.springframework.stereotype.Component;

/** Looks at everything of which something is due: deadlines of tasks, situation reports, and what was resolved or verified long enough
 * ago. */
@Component
public class SweepDeadlines {

    private final SweepTasks tasks;
    private final SweepSituationReports situationReports;
    private final ChaseUnverified chaseUnverified;
    private final CloseVerified closeVerified;

    SweepDeadlines(
            SweepTasks tasks,
            SweepSituationReports situationReports,
            ChaseUnverified chaseUnverified,
            CloseVerified closeVerified) {
        this.tasks = tasks;
        this.situationReports = situationReports;
        this.chaseUnverified = chaseUnverified;
        this.closeVerified = closeVerified;
    }

    /**
     * Works until nothing is due, or only what others hold.
     *
     * @return how many incidents were looked at, each as often as something was due of it
     */
    public int sweep() {
        return tasks.sweep() + situationReports.sweep() + chaseUnverified.chase() + closeVerified.close();
    }
}
