package org.citybrain.dispatch.checkin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whoever whistled says how a department served (服务效能评价). With that its summons is at its end. */
@Component
class RateService implements CarryOut<Rate> {

    private final PostgisCheckIns checkIns;
    private final IncidentTimeline timeline;

    RateService(PostgisCheckIns checkIns, IncidentTimeline timeline) {
        this.checkIns = checkIns;
        this.timeline = timeline;
    }

    @Override
    public CommandName command() {
        return CommandName.RATE;
    }

    @Override
    public Class<Rate> orders() {
        return Rate.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Rate> command) {
        CheckIn checkIn = checkIns.get(command.subject().id());
        Rate order = command.order();
        checkIns.rate(checkIn.id(), command.now(), command.person().name(), order.given(), order.why());
        Map<String, Object> facts = new LinkedHashMap<>(checkIn.facts());
        facts.put("rating", order.given());
        timeline.tell(command.line(IncidentEventKind.RATED, Map.of("checkIns", List.of(facts))), command.now());
        return null;
    }
}
