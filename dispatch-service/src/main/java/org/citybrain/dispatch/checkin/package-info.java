/**
 * Whistle and check-in (网格吹哨、部门报到): a grid or street summons departments to an incident, each checks in, serves and is rated; who does
 * not come is found absent; and what reporters and workers say of an incident when it is over. Each is a command of {@code command}, with
 * its line of the timeline. Next stop: {@code publish}, and the departments' scores of city-brain-api, which are read from those lines.
 */
@NullMarked
package org.citybrain.dispatch.checkin;

import org.jspecify.annotations.NullMarked;
