package org.citybrain.api.command;

import org.citybrain.access.command.CommandName;

/**
 * A command as this service takes and describes it.
 *
 * @param operationId in the OpenAPI description
 * @param summary in one line
 * @param description what it does, in which status it leads, and whose it is
 * @param body how its body is read; dispatch-service judges what is in it
 */
public record DescribedCommand(
        CommandName command, String operationId, String summary, String description, Class<?> body) {}
