/**
 * What people may command, the same in every service: each command with its path and whose it is ({@link
 * org.citybrain.access.command.CommandName}), and the life of incidents and tasks as two tables ({@link
 * org.citybrain.access.command.IncidentMoves}, {@link org.citybrain.access.command.TaskMoves}). dispatch-service decides by them; city-brain-api
 * shows by them what a person may do now.
 */
@NullMarked
package org.citybrain.access.command;

import org.jspecify.annotations.NullMarked;
