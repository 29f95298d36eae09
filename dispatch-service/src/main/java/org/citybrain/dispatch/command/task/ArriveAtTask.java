package org.citybrain.dispatch.command.task;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.PostgisDistance;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whoever works on a task is on the spot. Outside the incident's surroundings it is taken, too, and flagged. */
@Component
class ArriveAtTask implements CarryOut<Arrive> {

    /** How far ahead a phone's clock may be (policy default). */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    private final PostgisDistance distance;
    private final MoveTask moveTask;

    ArriveAtTask(PostgisDistance distance, MoveTask moveTask) {
        this.distance = distance;
        this.moveTask = moveTask;
    }

    @Override
    public CommandName command() {
        return CommandName.ARRIVE;
    }

    @Override
    public Class<Arrive> orders() {
        return Arrive.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Arrive> command) {
        Arrive order = command.order();
        Instant at = order.at() == null ? command.now() : order.at();
        if (at.isAfter(command.now().plus(CLOCKS_DIFFER))) {
            throw CommandRefused.badBody("at", at.toString(), "a time that has come");
        }
        PlaceAsGiven place = order.place();
        Position position = place.toWgs84();
        long meters = Math.round(distance.meters(command.incidentId(), position));
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("at", at);
        detail.put("place", position);
        detail.put("asGiven", place);
        detail.put("distanceMeters", meters);
        detail.put("outside", meters > PostgisDistance.SURROUNDINGS_METERS);
        moveTask.move(command, CommandName.ARRIVE, IncidentEventKind.ARRIVED, detail, List.of());
        return null;
    }
}
