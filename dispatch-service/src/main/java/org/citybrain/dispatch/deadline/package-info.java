/**
 * Deadlines that never sleep: the sweep finds what is due, warns, escalates what was missed and chases the city ({@code
 * docs/deadlines.md}). Several instances sweep at the same time; what one of them has locked the others pass over. Next stop: {@code
 * publish}, by the lines of the timeline.
 */
@NullMarked
package org.citybrain.dispatch.deadline;

import org.jspecify.annotations.NullMarked;
