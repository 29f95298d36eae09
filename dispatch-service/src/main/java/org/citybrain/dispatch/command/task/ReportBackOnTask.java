package org.citybrain.dispatch.command.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whoever works on a task says what was found and done, with evidence. Said again it adds to what was said before. */
@Component
class ReportBackOnTask implements CarryOut<ReportBack> {

    private final MoveTask moveTask;

    ReportBackOnTask(MoveTask moveTask) {
        this.moveTask = moveTask;
    }

    @Override
    public CommandName command() {
        return CommandName.REPORT_BACK;
    }

    @Override
    public Class<ReportBack> orders() {
        return ReportBack.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<ReportBack> command) {
        ReportBack order = command.order();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("text", order.told());
        if (!order.shown().isEmpty()) {
            detail.put("evidence", order.shown());
        }
        moveTask.move(command, CommandName.REPORT_BACK, IncidentEventKind.REPORTED_BACK, detail, List.of());
        return null;
    }
}
