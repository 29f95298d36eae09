package org.citybrain.dispatch.policy.check;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the schema of the routing table cannot say. */
final class CheckRouting {

    private static final List<String> TIERS = List.of("CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID");
    private static final List<String> ROLES = List.of("COMMAND", "COORDINATE", "EXECUTE");
    private static final List<String> REPORTED_ON = List.of("I", "II");
    private static final String NOTIFY = "NOTIFY";

    private final Mistakes mistakes;

    CheckRouting(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void check(JsonNode document) {
        JsonNode rules = document.path("rules");
        if (rules.isObject()) {
            for (Map.Entry<String, JsonNode> rule : rules.properties()) {
                String path = "/rules/" + Pointer.escape(rule.getKey());
                checkRule(rule.getValue(), path);
                checkSituationReports(rule.getKey(), rule.getValue(), path);
            }
        }
        checkPoints(document.path("whistle").path("points"));
    }

    /** Who comes sooner never gets less. */
    private void checkPoints(JsonNode points) {
        checkAtMost(points, "late", "onTime");
        checkAtMost(points, "absent", "late");
    }

    private void checkAtMost(JsonNode points, String less, String more) {
        if (points.path(less).isInt()
                && points.path(more).isInt()
                && points.path(less).asInt() > points.path(more).asInt()) {
            mistakes.add(
                    "/whistle/points/" + less,
                    points.path(less),
                    MistakeReason.OUT_OF_RANGE,
                    "at most " + more + ", " + points.path(more).asInt());
        }
    }

    private void checkRule(JsonNode rule, String path) {
        String commanding = rule.path("commandingTier").asStringOpt().orElse("");
        JsonNode tasks = rule.path("tasks");
        if (!TIERS.contains(commanding) || !tasks.isArray()) {
            return;
        }
        int lastTier = -1;
        int lastRole = -1;
        boolean commanded = false;
        for (int i = 0; i < tasks.size(); i++) {
            JsonNode task = tasks.path(i);
            String at = path + "/tasks/" + i;
            int tier = TIERS.indexOf(task.path("tier").asStringOpt().orElse(""));
            String role = task.path("role").asStringOpt().orElse("");
            if (tier >= 0 && tier == lastTier) {
                mistakes.add(at + "/tier", task.path("tier"), MistakeReason.DUPLICATE, "each tier once");
            } else if (tier >= 0 && tier < lastTier) {
                mistakes.add(
                        at + "/tier",
                        task.path("tier"),
                        MistakeReason.WRONG_ORDER,
                        "the tiers from the city down, so one below " + TIERS.get(lastTier));
            }
            lastTier = Math.max(lastTier, tier);
            if (role.equals("COMMAND") && tier >= 0) {
                if (tier != TIERS.indexOf(commanding)) {
                    mistakes.add(
                            at + "/role",
                            task.path("role"),
                            MistakeReason.WRONG_ORDER,
                            "the command at the commanding tier, " + commanding);
                }
                commanded = true;
            } else if (tier >= 0 && tier == TIERS.indexOf(commanding)) {
                commanded = true;
                mistakes.add(
                        at + "/role", task.path("role"), MistakeReason.WRONG_ORDER, "COMMAND at the commanding tier");
            } else if (tier >= 0 && tier < TIERS.indexOf(commanding) && !role.equals(NOTIFY)) {
                mistakes.add(
                        at + "/role",
                        task.path("role"),
                        MistakeReason.WRONG_ORDER,
                        "NOTIFY above the commanding tier, " + commanding);
            }
            int order = ROLES.indexOf(role);
            if (order >= 0 && order < lastRole) {
                mistakes.add(
                        at + "/role",
                        task.path("role"),
                        MistakeReason.WRONG_ORDER,
                        "roles from the city down: COMMAND, COORDINATE, EXECUTE");
            }
            lastRole = Math.max(lastRole, order);
            checkTimes(task, role, at);
        }
        if (!commanded) {
            mistakes.add(
                    path + "/tasks", tasks, MistakeReason.MISSING, "a task with the role COMMAND for " + commanding);
        }
    }

    private void checkSituationReports(String name, JsonNode rule, String path) {
        if (rule.has("situationReportMinutes") && !REPORTED_ON.contains(name)) {
            mistakes.add(
                    path + "/situationReportMinutes",
                    rule.get("situationReportMinutes"),
                    MistakeReason.UNKNOWN_FIELD,
                    "nothing: only I and II are reported on by the hour");
        }
    }

    private void checkTimes(JsonNode task, String role, String path) {
        boolean isWork = ROLES.contains(role);
        if (isWork && !task.has("acknowledgeMinutes")) {
            mistakes.add(Mistake.missing(path + "/acknowledgeMinutes", "minutes, for work is given"));
        }
        if (role.equals(NOTIFY) && task.has("acknowledgeMinutes")) {
            mistakes.add(
                    path + "/acknowledgeMinutes",
                    task.get("acknowledgeMinutes"),
                    MistakeReason.UNKNOWN_FIELD,
                    "nothing: a notice needs no answer");
        }
        if (isWork && task.path("digest").asBooleanOpt().orElse(false)) {
            mistakes.add(
                    path + "/digest",
                    task.get("digest"),
                    MistakeReason.UNKNOWN_FIELD,
                    "nothing: only a notice may wait for the digest");
        }
    }
}
