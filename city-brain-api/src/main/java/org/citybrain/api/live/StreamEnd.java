package org.citybrain.api.live;

/** Why a stream ended: the last event says so, and it is the metric's tag. */
enum StreamEnd {
    /** More events waited for the reader than may. They come back with the id of the last one that they read. */
    TOO_SLOW,
    /** The token that the reader came with has ended. They come back with a new one. */
    TOKEN_EXPIRED,
    /** The person belongs to another unit or department by now, and has come back with a newer token. */
    MOVED,
    /** This instance stops. */
    SHUTTING_DOWN,
    /** The connection is gone; nobody is there to be told. */
    GONE
}
