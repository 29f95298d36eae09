package org.citybrain.dispatch.command;

import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.jspecify.annotations.Nullable;

/**
 * One kind of command; a Spring bean. What is the same for all kinds is done by {@link CommandIncident}. A kind that concerns more than its
 * own incident is a {@link CarryOutWidely}.
 */
public interface CarryOut<O extends Order> {

    CommandName command();

    /** How its body is read. */
    Class<O> orders();

    /**
     * Changes what is to be changed, and tells it in the timeline. Moves the version of the command's subject by one. Throws {@link
     * CommandRefused} before its first write.
     *
     * @return the other incident, where the command concerns two
     */
    @Nullable
    UUID carryOut(CommandCase<O> command);
}
