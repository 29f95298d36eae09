package org.citybrain.access.command;

import static org.citybrain.access.Role.DEPARTMENT;
import static org.citybrain.access.Role.GRID_WORKER;
import static org.citybrain.access.Role.OPERATOR;
import static org.citybrain.access.command.Right.ABOVE_THE_COMMANDER;
import static org.citybrain.access.command.Right.AT_WORK;
import static org.citybrain.access.command.Right.OF_THE_COMMANDER;
import static org.citybrain.access.command.Right.OF_THE_HANDLER;
import static org.citybrain.access.command.Right.SEES_IT;
import static org.citybrain.access.command.SubjectKind.CHECK_IN;
import static org.citybrain.access.command.SubjectKind.INCIDENT;
import static org.citybrain.access.command.SubjectKind.TASK;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.citybrain.access.Role;

/** Everything that people can command: on what, and whose it is. In which status it is allowed, the tables of moves say. */
public enum CommandName {
    CONFIRM("confirm", INCIDENT, SEES_IT, OPERATOR, GRID_WORKER),
    REGRADE("regrade", INCIDENT, OF_THE_COMMANDER, OPERATOR),
    MARK_FALSE("mark-false", INCIDENT, OF_THE_COMMANDER, OPERATOR),
    MERGE("merge", INCIDENT, OF_THE_COMMANDER, OPERATOR),
    SPLIT("split", INCIDENT, OF_THE_COMMANDER, OPERATOR),
    ESCALATE("escalate", INCIDENT, AT_WORK, OPERATOR),
    REQUEST_SUPPORT("request-support", INCIDENT, AT_WORK, OPERATOR),
    /** The command itself asks that the person's unit lies above the one that asked. */
    GRANT_SUPPORT("grant-support", INCIDENT, SEES_IT, OPERATOR),
    MOBILISE("mobilise", INCIDENT, OF_THE_COMMANDER, OPERATOR),
    CONTAIN("contain", INCIDENT, OF_THE_COMMANDER, OPERATOR, GRID_WORKER),
    RESOLVE("resolve", INCIDENT, OF_THE_COMMANDER, OPERATOR, GRID_WORKER),
    /** The command itself asks that the person has not worked on it. */
    VERIFY("verify", INCIDENT, SEES_IT, OPERATOR, GRID_WORKER),
    CLOSE("close", INCIDENT, OF_THE_COMMANDER, OPERATOR),
    REOPEN("reopen", INCIDENT, OF_THE_COMMANDER, OPERATOR),
    SUPERVISE("supervise", INCIDENT, ABOVE_THE_COMMANDER, OPERATOR),
    NOTE("notes", INCIDENT, SEES_IT, OPERATOR, GRID_WORKER, DEPARTMENT),
    REPORT_SITUATION("situation-reports", INCIDENT, AT_WORK, OPERATOR, GRID_WORKER, DEPARTMENT),
    REPORT_UPWARD("report-upward", INCIDENT, OF_THE_COMMANDER, OPERATOR),
    WHISTLE("whistle", INCIDENT, SEES_IT, OPERATOR, GRID_WORKER),
    FEEDBACK("feedback", INCIDENT, SEES_IT, OPERATOR, GRID_WORKER),

    ACKNOWLEDGE("acknowledge", TASK, OF_THE_HANDLER, OPERATOR, GRID_WORKER, DEPARTMENT),
    START("start", TASK, OF_THE_HANDLER, OPERATOR, GRID_WORKER, DEPARTMENT),
    ARRIVE("arrive", TASK, OF_THE_HANDLER, OPERATOR, GRID_WORKER, DEPARTMENT),
    REPORT_BACK("report-back", TASK, OF_THE_HANDLER, OPERATOR, GRID_WORKER, DEPARTMENT),
    COMPLETE("complete", TASK, OF_THE_HANDLER, OPERATOR, GRID_WORKER, DEPARTMENT),
    RETURN("return", TASK, OF_THE_HANDLER, OPERATOR, GRID_WORKER, DEPARTMENT),

    /** These two themselves ask that the person is of the department that was summoned. */
    CHECK_IN_DEPARTMENT("check-in", CHECK_IN, SEES_IT, DEPARTMENT),
    SERVE("serve", CHECK_IN, SEES_IT, DEPARTMENT),
    /** The command itself asks that the person whistled, or is of the same role and unit. */
    RATE("rate", CHECK_IN, SEES_IT, OPERATOR, GRID_WORKER);

    private final String path;
    private final SubjectKind subject;
    private final Right right;

    @SuppressWarnings("ImmutableEnumChecker") // an immutable copy
    private final Set<Role> roles;

    CommandName(String path, SubjectKind subject, Right right, Role... roles) {
        this.path = path;
        this.subject = subject;
        this.right = right;
        this.roles = Set.of(roles);
    }

    /** The command of this path on this kind of subject. */
    public static Optional<CommandName> find(SubjectKind subject, String path) {
        return Arrays.stream(values())
                .filter(command -> command.subject == subject && command.path.equals(path))
                .findFirst();
    }

    /** All commands on this kind of subject, in the order of this list. */
    public static List<CommandName> on(SubjectKind subject) {
        return Arrays.stream(values())
                .filter(command -> command.subject == subject)
                .toList();
    }

    /** How it is called in paths, in answers and, behind {@code incident.} or {@code task.}, in the audit trail. */
    public String path() {
        return path;
    }

    public SubjectKind subject() {
        return subject;
    }

    public Right right() {
        return right;
    }

    /** One of these is needed. */
    public Set<Role> roles() {
        return new TreeSet<>(roles);
    }

    /** The names of the roles, as Spring Security's {@code hasAnyRole} asks for them. */
    public String[] roleNames() {
        return roles.stream().map(Role::name).sorted().toArray(String[]::new);
    }
}
