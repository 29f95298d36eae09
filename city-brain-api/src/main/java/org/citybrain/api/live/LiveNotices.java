package org.citybrain.api.live;

import org.citybrain.messages.UnitCode;

/**
 * Notices on the pages and phones that are open at this instance, as events {@code notice} of the live stream. They are not kept: who
 * is not there does not get them, which the answer tells.
 */
public interface LiveNotices {

    /**
     * @param reach only to pages on which this is the person's unit: who has moved is not told of the old one any more
     * @param notice becomes the event's data, as JSON
     * @return to how many streams of this account it was handed
     */
    int send(String person, UnitCode reach, Object notice);

    /**
     * @param notice becomes the event's data, as JSON
     * @return to how many streams of people of exactly this unit it was handed
     */
    int send(UnitCode unit, Object notice);
}
