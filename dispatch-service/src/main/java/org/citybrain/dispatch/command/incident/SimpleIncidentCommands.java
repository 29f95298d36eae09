package org.citybrain.dispatch.command.incident;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.MaySayWhy;
import org.citybrain.dispatch.command.Order;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The commands that move an incident, or add to its timeline, and change nothing else. */
@Configuration(proxyBeanMethods = false)
class SimpleIncidentCommands {

    @Bean
    CarryOut<MaySayWhy> containIncident(MoveIncident moveIncident) {
        return new Simple<>(
                CommandName.CONTAIN, MaySayWhy.class, IncidentEventKind.CONTAINED, order -> Map.of(), moveIncident);
    }

    @Bean
    CarryOut<Note> noteOnIncident(MoveIncident moveIncident) {
        return new Simple<>(
                CommandName.NOTE,
                Note.class,
                IncidentEventKind.NOTED,
                order -> Map.of("text", order.told()),
                moveIncident);
    }

    @Bean
    CarryOut<ReportSituation> reportSituation(MoveIncident moveIncident) {
        return new Simple<>(
                CommandName.REPORT_SITUATION,
                ReportSituation.class,
                IncidentEventKind.SITUATION_REPORTED,
                ReportSituation::detail,
                moveIncident);
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
}
