package org.citybrain.dispatch.command.task;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.MaySayWhy;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The commands that move a task and say all by their names. */
@Configuration(proxyBeanMethods = false)
class SimpleTaskCommands {

    @Bean
    CarryOut<MaySayWhy> acknowledgeTask(MoveTask moveTask) {
        return new Simple(CommandName.ACKNOWLEDGE, IncidentEventKind.ACKNOWLEDGED, moveTask);
    }

    @Bean
    CarryOut<MaySayWhy> startTask(MoveTask moveTask) {
        return new Simple(CommandName.START, IncidentEventKind.STARTED, moveTask);
    }

    @Bean
    CarryOut<MaySayWhy> completeTask(MoveTask moveTask) {
        return new Simple(CommandName.COMPLETE, IncidentEventKind.COMPLETED, moveTask);
    }

    private record Simple(CommandName command, IncidentEventKind kind, MoveTask moveTask)
            implements CarryOut<MaySayWhy> {

        @Override
        public Class<MaySayWhy> orders() {
            return MaySayWhy.class;
        }

        @Override
        public @Nullable UUID carryOut(CommandCase<MaySayWhy> given) {
            moveTask.move(given, command, kind, Map.of(), List.of());
            return null;
        }
    }
}
