package org.citybrain.dispatch.command.incident;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.MaySayWhy;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The commands that move an incident by its table and change nothing else; and those that only tell, and leave it at its version: what somebody
 * notes must make nobody else's command stale.
 */
@Configuration(proxyBeanMethods = false)
class SimpleIncidentCommands {

    @Bean
    CarryOut<MaySayWhy> containIncident(MoveIncident moveIncident) {
        return new Simple<>(
                CommandName.CONTAIN, MaySayWhy.class, IncidentEventKind.CONTAINED, order -> Map.of(), moveIncident);
    }

    @Bean
    CarryOut<Note> noteOnIncident(IncidentTimeline timeline) {
        return new Told<>(
                CommandName.NOTE,
                Note.class,
                IncidentEventKind.NOTED,
                order -> Map.of("text", order.told()),
                (incident, now) -> {},
                timeline);
    }

    @Bean
    CarryOut<ReportSituation> reportSituation(PostgresIncidentChanges incidents, IncidentTimeline timeline) {
        return new Told<>(
                CommandName.REPORT_SITUATION,
                ReportSituation.class,
                IncidentEventKind.SITUATION_REPORTED,
                ReportSituation::detail,
                incidents::planNextReport,
                timeline);
    }

    private record Simple<O extends Order>(
            CommandName command,
            Class<O> orders,
            IncidentEventKind kind,
            Function<O, Map<String, ?>> detail,
            MoveIncident moveIncident)
            implements CarryOut<O> {

        @Override
        public @Nullable UUID carryOut(CommandCase<O> given) {
            moveIncident.move(given, command, kind, detail.apply(given.order()));
            return null;
        }
    }

    /** @param follow what is to be looked at again after it */
    private record Told<O extends Order>(
            CommandName command,
            Class<O> orders,
            IncidentEventKind kind,
            Function<O, Map<String, ?>> detail,
            BiConsumer<UUID, Instant> follow,
            IncidentTimeline timeline)
            implements CarryOut<O> {

        @Override
        public @Nullable UUID carryOut(CommandCase<O> given) {
            timeline.tell(given.line(kind, detail.apply(given.order())), given.now());
            follow.accept(given.incidentId(), given.now());
            return null;
        }
    }
}
